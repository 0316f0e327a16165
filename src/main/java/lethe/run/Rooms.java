package lethe.run;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.ledger.ArtifactStore;
import lethe.ledger.CheckpointFolder;
import lethe.ledger.Draft;
import lethe.ledger.Fault;
import lethe.ledger.Manifest;
import lethe.ledger.StoreException;
import lethe.net.Signals;
import lethe.net.StoppedException;
import lethe.net.Stopwatch;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workshop of a real run: opens a draft, lets the room do the stage into it, puts the artifact
 * in place.
 */
public final class Rooms implements Workshop {
  private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);

  private final Plan plan;
  private final ArtifactStore store;
  private final SortedMap<String, String> provenance;
  private final Materials materials;
  private final double checkpointEvery;
  private final PartitionWork partition;
  private final CondenseWork condense;
  private final UnlearnWork unlearn;
  private final EvaluateWork evaluate;

  /**
   * @param provenance who makes the artifacts: versions, device, host
   * @param checkpointEvery seconds between two checkpoints of a stage
   */
  public Rooms(
      Plan plan,
      ArtifactStore store,
      Materials materials,
      SortedMap<String, String> provenance,
      double checkpointEvery) {
    this.plan = plan;
    this.store = store;
    this.materials = materials;
    this.checkpointEvery = checkpointEvery;
    this.provenance = provenance;
    this.partition = new PartitionWork(materials);
    this.condense = new CondenseWork(materials);
    this.unlearn = new UnlearnWork(materials);
    this.evaluate = new EvaluateWork(materials);
  }

  /**
   * What a room says of the stage it did.
   *
   * @param span name of the work's own seconds, such as {@code unlearnSeconds}
   * @param seconds the work itself; what the stage took besides is overhead
   * @param flags what misleads about the result
   * @param content its files; whatever goes wrong before they are written is the stage's own fault
   */
  record Report(String span, double seconds, List<String> flags, Draft.Content content) {}

  @Override
  public void openEngine() {
    materials.openEngine();
  }

  @Override
  public Done perform(StageKey key, Signals signals) throws IOException {
    Stage stage = plan.stage(key);
    if (store.check(key) instanceof ArtifactStore.Present present) {
      Manifest manifest = present.manifest(); // another run left it since this one looked
      return new Done(manifest.digest(), manifest.seconds(), manifest.flags(), true);
    }
    StageSeconds whole = new StageSeconds();
    CheckpointFolder folder = store.checkpoints(key);
    StageCheckpoints checkpoints = new StageCheckpoints(folder, checkpointEvery, whole, signals);
    checkpoints
        .found()
        .ifPresent(
            seconds ->
                LOG.info("resume {}: {} s of it are done", name(key, stage), rounded(seconds)));
    try (Draft draft = store.draft(key, stage)) {
      if (stage.kind().engine()) {
        materials.engine().claimThread();
        materials.engine().forgetPeak();
      }
      Report report = work(stage, signals.leaving(checkpoints));
      draft.write(report.content());
      SortedMap<String, Double> seconds = Spans.of(report, whole);
      Stopwatch keeping = Stopwatch.start();
      Manifest manifest = draft.keep(seconds, report.flags(), provenance(stage));
      clear(folder);
      return new Done(
          manifest.digest(), Spans.kept(seconds, keeping.seconds()), manifest.flags(), false);
    } catch (RuntimeException e) {
      if (isOfTheStage(e)) {
        clear(folder); // from there it would only fail again
      }
      throw e;
    }
  }

  private static boolean isOfTheStage(RuntimeException e) {
    Fault fault = Faults.of(e);
    boolean host = Faults.anyIn(e, StoppedException.class) || Faults.anyIn(e, StoreException.class);
    return !host && (fault == Fault.ERROR || fault == Fault.DIVERGED);
  }

  /** The result stands without: another process may be at the same, and the next start sweeps. */
  private static void clear(CheckpointFolder folder) {
    try {
      folder.clear();
    } catch (IOException e) {
      LOG.warn("Checkpoints that are of no use any more cannot be deleted now", e);
    }
  }

  private static String name(StageKey key, Stage stage) {
    return stage.kind().id() + " " + stage.subject().label() + " " + key.brief();
  }

  private static String rounded(double seconds) {
    return String.format(Locale.ROOT, "%.1f", seconds);
  }

  private SortedMap<String, String> provenance(Stage stage) {
    SortedMap<String, String> all = new TreeMap<>(provenance);
    if (stage.kind().engine()) {
      materials
          .engine()
          .peakMemory()
          .ifPresent(bytes -> all.put(Manifest.PEAK_MEMORY, String.valueOf(bytes)));
    }
    return all;
  }

  private Report work(Stage stage, Signals signals) throws IOException {
    return switch (stage.kind()) {
      case SPLIT -> partition.split(stage);
      case FEATURES -> partition.features(stage, signals);
      case CLUSTERS -> partition.clusters(stage, signals);
      case PARTS -> partition.parts(stage);
      case PROTOTYPES -> condense.prototypes(stage, signals);
      case ORIGINAL -> unlearn.original(stage, signals);
      case UNLEARNED -> unlearn.unlearned(stage, signals);
      case LOGITS -> evaluate.logits(stage, signals);
      case SCORES -> evaluate.scores(stage);
      case DISTANCES -> evaluate.distances(stage);
    };
  }

  @Override
  public void relieve() {
    materials.relieve();
  }

  @Override
  public void close() {
    materials.close();
  }
}
