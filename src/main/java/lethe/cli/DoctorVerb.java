package lethe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import lethe.data.DataException;
import lethe.data.source.DataSource;
import lethe.data.source.Sources;
import lethe.ledger.ArtifactStore;
import lethe.net.DeviceClass;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.EngineUnavailableException;
import lethe.plan.Card;
import lethe.plan.Machine;
import lethe.plan.MachineReader;
import lethe.plan.Settings;
import lethe.plan.Spec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code lethe doctor}: engine, device, data and disk, each with how to mend it. */
@Command(name = "doctor", description = "Engine, device, data and disk, each with how to mend it.")
final class DoctorVerb implements Callable<Integer> {
  private static final long MEGA = 1_000_000;
  private static final long SCARCE = 2_000 * MEGA; // weights of a small grid come to about 1 GB

  private static final String LINE = "%-10s %-8s %s";

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "folder of the experiments' folders, in place of results/")
  private @Nullable Path results;

  @Option(
      names = "--kill-test",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "20",
      description = "kill a small grid N times (20 where no number is given) and compare; minutes")
  private int kills;

  @Option(
      names = "--grid",
      paramLabel = "FILE",
      description = "experiment that --kill-test kills, in place of its own")
  private @Nullable Path grid;

  @Option(names = "--seed", paramLabel = "SEED", description = "of the moments of --kill-test")
  private long seed = 1;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "say this and end")
  private boolean help;

  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (kills > 0) {
      return killTest();
    }
    PrintWriter out = Terminal.out(spec);
    Machine machine =
        MachineReader.read(Home.folder(), List.of(), Optional.ofNullable(results), System.getenv());
    boolean well = java(out);
    well &= engine(out, machine);
    // Missing data are no illness: the synthetic images need none.
    Sources.CARDS.forEach(card -> data(out, card, machine.dataDir()));
    well &= folder(out, "results", machine.resultsDir());
    well &= folder(out, "store", machine.storeDir());
    out.println(well ? "All that is needed is there." : "Mend what is marked NOT WELL.");
    return well ? Exit.DONE : Exit.ENVIRONMENT;
  }

  private int killTest() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("lethe-kill-test-");
    try {
      Path experiment = grid != null ? grid : KillTest.ownExperiment(folder);
      new KillTest(Terminal.out(spec), folder, experiment, kills, seed).run();
      ArtifactStore.delete(folder);
      return Exit.DONE;
    } catch (KillTest.Failure e) {
      Terminal.err(spec)
          .println("lethe: FAIL: %s. Everything is in %s.".formatted(e.getMessage(), folder));
      return Exit.FAILED;
    }
  }

  private static boolean java(PrintWriter out) {
    say(
        out,
        "java",
        true,
        "%s, %d cores, %d MB of heap"
            .formatted(
                System.getProperty("java.runtime.version", "?"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MEGA));
    return true;
  }

  private static boolean engine(PrintWriter out, Machine machine) {
    String device = Surroundings.device(machine);
    EngineSettings settings = new EngineSettings(device, machine.engineThreads());
    try (EngineSession session = EngineSession.open(settings)) {
      say(
          out,
          "engine",
          true,
          "%s on %s, %d threads"
              .formatted(
                  DeviceClass.engine(),
                  DeviceClass.detect(device),
                  session.settings().actualThreads()));
      return true;
    } catch (EngineUnavailableException e) {
      say(out, "engine", false, String.valueOf(e.getMessage()));
      return false;
    }
  }

  private static void data(PrintWriter out, Card card, Path dataDir) {
    try {
      Spec spec = new Spec(card.id(), Settings.NONE, new TreeMap<>());
      DataSource.Counts counts = Sources.open(spec, dataDir).counts();
      say(
          out,
          card.id(),
          true,
          "%d training and %d test images in %d classes"
              .formatted(counts.trainTotal(), counts.testTotal(), counts.classes().size()));
    } catch (DataException | IOException e) {
      out.println(LINE.formatted(card.id(), "absent", e.getMessage()));
    } catch (IllegalArgumentException e) {
      say(out, card.id(), true, "drawn from the seed, needs no files");
    }
  }

  private static boolean folder(PrintWriter out, String name, Path folder) {
    Path existing = folder;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null || !Files.isWritable(existing)) {
      say(
          out,
          name,
          false,
          folder + " cannot be written: name another in application.conf or with --results");
      return false;
    }
    try {
      FileStore disk = Files.getFileStore(existing);
      long free = disk.getUsableSpace();
      boolean enough = free >= SCARCE;
      say(
          out,
          name,
          enough,
          "%s, %d MB free%s"
              .formatted(folder, free / MEGA, enough ? "" : ": make room or name another disk"));
      return enough;
    } catch (IOException e) {
      say(out, name, false, folder + ": the disk does not answer (" + e.getMessage() + ")");
      return false;
    }
  }

  private static void say(PrintWriter out, String what, boolean well, String sentence) {
    out.println(LINE.formatted(what, well ? "well" : "NOT WELL", sentence));
  }
}
