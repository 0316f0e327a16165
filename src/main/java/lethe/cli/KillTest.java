package lethe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.kernel.array.Draws;
import lethe.ledger.Event;
import lethe.ledger.Failpoint;
import lethe.ledger.JournalFile;

/**
 * {@code lethe doctor --kill-test}: runs a small grid once in peace and once under fire, and
 * compares the two to the last bit. Its own grid has every method and condenser.
 *
 * <p>Of twenty ends, thirteen are SIGKILL at a seeded random moment, three SIGTERM, and four a halt
 * at a {@link Failpoint}, between two effects on the disk; the first six have one of each. Half of
 * the runs leave a checkpoint after every step, the others each second or none.
 */
final class KillTest {
  private static final String EXPERIMENT = "kill-test.conf";
  private static final int CYCLE = 20; // ends, of which
  private static final int TERMINATED = 3;
  private static final int CRASHED = 4;
  private static final List<String> PAUSES = List.of("0", "1", "0", "60"); // between checkpoints
  private static final int MOST_PIECE_MILLIS = 3_000; // a long piece tells no more than a short one
  private static final int TIMES_OF_STAGES = 12; // a failpoint of artifacts is met up to so often
  private static final int TIMES_OF_STEPS = 150; // and one of checkpoints
  private static final int LIMIT_MILLIS = 10_000; // for an orderly stop

  private final PrintWriter out;
  private final Path folder;
  private final Path experiment;
  private final String name;
  private final int kills;
  private final Draws draws;
  private final KillToll toll;

  /** What does not agree; the folder is kept. */
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String sentence) {
      super(sentence);
    }
  }

  /** The end that is meant for a run. */
  private enum End {
    KILL,
    TERMINATE,
    CRASH
  }

  /**
   * @param folder where everything is left
   * @param experiment what is killed
   */
  KillTest(PrintWriter out, Path folder, Path experiment, int kills, long seed) {
    this.out = out;
    this.folder = folder;
    this.experiment = experiment;
    this.name = Experiment.read(experiment, List.of(), Optional.empty()).grid().name();
    this.toll = new KillToll(name);
    this.kills = kills;
    this.draws = new Draws(seed);
  }

  /** Puts the grid that the program brings into a folder. */
  static Path ownExperiment(Path folder) throws IOException {
    Path experiment = folder.resolve(EXPERIMENT);
    try (InputStream text = KillTest.class.getResourceAsStream("/lethe/cli/" + EXPERIMENT)) {
      if (text == null) {
        throw new IllegalStateException("The program lacks its file " + EXPERIMENT);
      }
      Files.copy(text, experiment);
    }
    return experiment;
  }

  /**
   * Kills and compares.
   *
   * @throws Failure where something differs
   */
  void run() throws IOException, InterruptedException, Failure {
    say("in peace, to compare with");
    Path calm = folder.resolve("calm");
    finish(calm);
    int rounds = fire();
    for (int round = 1; round <= rounds; round++) {
      Path results = folder.resolve("killed-" + round);
      finish(results);
      compare(name, calm, results);
    }
    toll.print(out);
    say(
        "PASS: %d ends in %d folders; all %d artifacts and scores.csv are equal to the last bit, no stage was finished twice, nothing was done by hand."
            .formatted(kills, rounds, digests(name, calm).size()));
  }

  /** Kills until all ends have come; gives how many folders that took. */
  private int fire() throws IOException, InterruptedException, Failure {
    int round = 1;
    for (int done = 0; done < kills; ) {
      Path results = folder.resolve("killed-" + round);
      if (strike(results, end(done), pause(done))) {
        done++;
        if (done % CYCLE == 0) {
          say("%d of %d ends".formatted(done, kills));
        }
      } else {
        round++; // it was done before its end came: the others go to another folder
      }
    }
    return round;
  }

  private static End end(int number) {
    int place = (number * 7 + CYCLE - 1) % CYCLE; // 7 and 20 are coprime: each kind is spread
    return place < TERMINATED ? End.TERMINATE : place < TERMINATED + CRASHED ? End.CRASH : End.KILL;
  }

  /** Seconds between checkpoints; a halt at one that never comes would tell nothing. */
  private static String pause(int number) {
    return end(number) == End.CRASH ? "0" : PAUSES.get(number % PAUSES.size());
  }

  /** Starts a run and ends it; false where it was done before. */
  private boolean strike(Path results, End end, String pause)
      throws IOException, InterruptedException, Failure {
    List<String> options = end == End.CRASH ? List.of(crash()) : List.of();
    Victim victim =
        Victim.start(
            experiment, results, folder.resolve("log"), options, "checkpoint.every=" + pause);
    victim.awaitWork();
    toll.restarted(victim.secondsToWork());
    boolean over =
        end == End.CRASH ? victim.end() >= 0 : victim.endsWithin(draws.nextInt(MOST_PIECE_MILLIS));
    long now = System.currentTimeMillis();
    if (!over && end == End.KILL) {
      victim.kill();
    } else if (!over) {
      victim.stop();
      if (!victim.endsWithin(LIMIT_MILLIS)) {
        throw new Failure("A run did not end within 10 s of SIGTERM");
      }
      toll.stopped((System.currentTimeMillis() - now) * 1e-3);
    }
    int code = victim.end();
    if (code == Exit.DONE) {
      return false;
    }
    if (code == Exit.FAILED || code == Exit.USAGE || code == Exit.ENVIRONMENT) {
      throw new Failure("A run ended by itself with exit code " + code);
    }
    toll.hit(victim, results);
    if (end == End.KILL && !over) {
      toll.lost(victim, results, now);
    }
    return true;
  }

  private String crash() {
    Failpoint point = Failpoint.values()[draws.nextInt(Failpoint.values().length)];
    boolean steps = point.name().startsWith("CHECKPOINT");
    return Crash.words(point, 1 + draws.nextInt(steps ? TIMES_OF_STEPS : TIMES_OF_STAGES));
  }

  private void finish(Path results) throws IOException, InterruptedException, Failure {
    Victim run = Victim.start(experiment, results, folder.resolve("log"), List.of());
    int code = run.end();
    if (code != Exit.DONE) {
      throw new Failure("A run that nobody disturbed ended with exit code " + code);
    }
  }

  /**
   * Compares scores and artifacts.
   *
   * @throws Failure where they differ, or where a stage was lost, failed or was finished twice
   */
  static void compare(String name, Path calm, Path killed) throws IOException, Failure {
    Path scores = Path.of(name, Sheets.SCORES);
    if (Files.mismatch(calm.resolve(scores), killed.resolve(scores)) >= 0) {
      throw new Failure("The scores differ: %s and %s".formatted(calm, killed));
    }
    SortedMap<String, String> wanted = digests(name, calm);
    if (!wanted.equals(digests(name, killed))) {
      throw new Failure("Artifacts differ: %s and %s".formatted(calm, killed));
    }
  }

  /** The artifact of each stage, by key. */
  private static SortedMap<String, String> digests(String name, Path results)
      throws IOException, Failure {
    if (!(JournalFile.read(results.resolve(name), name) instanceof JournalFile.Events journal)) {
      throw new Failure("The journal in %s cannot be read".formatted(results));
    }
    SortedMap<String, String> digests = new TreeMap<>();
    for (Event event : journal.events()) {
      if (event instanceof Event.ArtifactLost || event instanceof Event.StageFailed) {
        throw new Failure("A stage was lost or failed in " + results);
      }
      if (event instanceof Event.StageFinished finished
          && digests.put(finished.key(), finished.digest()) != null) {
        throw new Failure("A stage was finished twice in " + results);
      }
    }
    return digests;
  }

  private void say(String sentence) {
    out.println(sentence);
    out.flush();
  }
}
