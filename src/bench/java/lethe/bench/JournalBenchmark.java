package lethe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.ledger.ArtifactStore;
import lethe.ledger.JournalFile;
import lethe.ledger.Manifest;
import lethe.ledger.Progress;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/** A hundred thousand stages that do nothing, through the supervisor into the journal and back. */
final class JournalBenchmark implements Benchmark {
  private static final int STAGES = 100_000;
  private static final int KEPT = 5_000; // more takes minutes to make
  private static final int ONE_BY_ONE = 1_000;

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public String about() {
    return "Writes 100,000 finished stages through the supervisor, and starts again from them.";
  }

  @Override
  public Effort effort() {
    return Effort.LONG;
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Plan plan = BigGrid.light(BigGrid.plan(BigGrid.of(folder, STAGES)));
    int stages = plan.stages().size();
    ArtifactStore store = ArtifactStore.open(folder.resolve("store"));
    Drive first = Drive.of(plan, folder, store, new IdleWorkshop());
    figures.add("stages in batches", "1/s", stages / first.working(), Goal.above(10_000));
    figures.add("a stage in a batch", "µs", first.working() / stages * 1e6);

    List<Progress> progress = new ArrayList<>();
    double reading =
        Figures.seconds(
            () -> {
              JournalFile.Reading read = JournalFile.read(folder, Drive.EXPERIMENT);
              progress.add(((JournalFile.Events) read).progress());
            });
    if (progress.get(0).finished().size() != stages) {
      throw new IllegalStateException("The journal has not every stage");
    }
    figures.add("to read and fold the journal", "s", reading, Goal.below(3));

    Plan one = first(plan, 1);
    leave(store, one);
    Drive replay = Drive.of(one, folder, store, new IdleWorkshop());
    figures.add("to begin again", "s", replay.begun(), Goal.below(3));

    Plan some = first(plan, KEPT);
    leave(store, some);
    Drive again = Drive.of(some, folder, store, new IdleWorkshop());
    figures.add("to begin again and look at 5,000 artifacts", "s", again.begun());
    oneByOne(plan, folder, figures);
  }

  private static Plan first(Plan plan, int stages) {
    Map<StageKey, Stage> some = new LinkedHashMap<>();
    plan.stages().values().stream().limit(stages).forEach(s -> some.put(s.key(), s));
    return new Plan(List.of(), some, Map.of(), Map.of());
  }

  /** As engine stages come: the next begins when the one before stands in the journal. */
  private static void oneByOne(Plan plan, Path folder, Figures figures) throws Exception {
    Plan serial = Turns.plan(plan, ONE_BY_ONE);
    Path own = Files.createDirectory(folder.resolve("one-by-one"));
    ArtifactStore store = ArtifactStore.open(own.resolve("store"));
    Drive drive = Drive.of(serial, own, store, new IdleWorkshop());
    figures.add("a stage by itself", "µs", drive.working() / ONE_BY_ONE * 1e6);
  }

  /** Puts an artifact without a file in place for each stage, without forcing it to the disk. */
  private static void leave(ArtifactStore store, Plan plan) throws Exception {
    ObjectMapper json = new ObjectMapper();
    for (StageKey key : plan.stages().keySet()) {
      Path folder = store.folder(key);
      if (!Files.exists(folder)) {
        Manifest manifest =
            new Manifest(
                key.hex(),
                plan.stage(key).kind().id(),
                IdleWorkshop.DIGEST,
                List.of(),
                IdleWorkshop.SECONDS,
                List.of(),
                plan.stage(key).ingredients(),
                new TreeMap<>());
        Files.createDirectories(folder);
        Files.write(folder.resolve("manifest.json"), json.writeValueAsBytes(manifest));
      }
    }
  }
}
