package lethe.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lethe.data.Clusters;
import lethe.data.DataException;
import lethe.data.Dataset;
import lethe.data.ForgetSplit;
import lethe.data.HostTensor;
import lethe.data.Prototypes;
import lethe.data.RetainParts;
import lethe.data.SafeTensors;
import lethe.data.Subset;
import lethe.data.source.Sources;
import lethe.ledger.ArtifactStore;
import lethe.ledger.StoreException;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.ImageTable;
import lethe.net.Network;
import lethe.net.Networks;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import org.jspecify.annotations.Nullable;

/**
 * What the rooms work with: the datasets in memory, the artifacts of earlier stages, the engine and
 * the images on its device. Datasets and artifacts may be asked for by any thread, the engine and
 * its images only by the engine's.
 */
public final class Materials implements AutoCloseable {
  static final String WEIGHTS = "weights.safetensors";
  static final String SPLIT = "split.safetensors";
  static final String FEATURES = "features.safetensors";
  static final String CLUSTERS = "clusters.safetensors";
  static final String PARTS = "parts.safetensors";
  static final String PROTOTYPES = "prototypes.safetensors";
  static final String LOGITS = "logits.safetensors";
  static final String LOGITS_ARRAY = "logits";
  static final String SCORES = "scores.json";
  static final String DISTANCES = "distances.json";

  private static final int SUBSETS_KEPT = 4; // a few seeds in flight; CIFAR-10 whole is 184 MB

  private final ArtifactStore store;
  private final Path dataDir;
  private final EngineSettings engineSettings;
  private final ExecutorService pool;
  private final Map<Spec, Dataset> datasets = new LinkedHashMap<>();
  private final Map<Drawn, Subset> subsets = new LinkedHashMap<>();
  private @Nullable EngineSession engine;
  private @Nullable Thread engineThread;
  private @Nullable OnDevice onDevice;

  /** Whose sub-sampled images. */
  private record Drawn(Spec dataset, long seed) {}

  /** The images that are on the device now. */
  private record OnDevice(Drawn drawn, Optional<StageKey> prototypes, ImageTable table) {}

  /**
   * @param poolThreads threads that share the classes of one k-means
   */
  public Materials(
      ArtifactStore store, Path dataDir, EngineSettings engineSettings, int poolThreads) {
    this.store = store;
    this.dataDir = dataDir;
    this.engineSettings = engineSettings;
    this.pool = Executors.newFixedThreadPool(poolThreads, Materials::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "lethe-pool");
    thread.setDaemon(true);
    return thread;
  }

  void openEngine() {
    engine = EngineSession.open(engineSettings);
    engineThread = Thread.currentThread();
  }

  EngineSession engine() {
    if (engine == null) {
      throw new IllegalStateException("The engine is not open");
    }
    return engine;
  }

  ExecutorService pool() {
    return pool;
  }

  /** Reads a file. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Path file) throws IOException;
  }

  /**
   * A file an earlier stage left.
   *
   * @throws StoreException where it cannot be read, or is not what it was when the run began
   * @throws DataException where it is, and yet does not fit
   */
  <T> T input(Stage stage, String role, String name, Reader<T> reader) throws StoreException {
    StageKey key = stage.input(role);
    Path file = store.file(key, name);
    try {
      return reader.read(file);
    } catch (DataException e) {
      if (store.check(key) instanceof ArtifactStore.Present) {
        throw e;
      }
      throw StoreException.reading(file, e);
    } catch (IOException e) {
      throw StoreException.reading(file, e);
    }
  }

  ForgetSplit split(Stage stage) throws StoreException {
    return input(stage, "split", SPLIT, ForgetSplit::read);
  }

  Clusters clusters(Stage stage) throws StoreException {
    return input(stage, "clusters", CLUSTERS, Clusters::read);
  }

  RetainParts parts(Stage stage) throws StoreException {
    return input(stage, "parts", PARTS, RetainParts::read);
  }

  Prototypes prototypes(Stage stage) throws StoreException {
    return input(stage, "prototypes", PROTOTYPES, Prototypes::read);
  }

  /** What the weights of an earlier stage say of its images: [n, classes] row by row. */
  float[] logits(Stage stage) throws StoreException {
    return array(stage, "logits", LOGITS, LOGITS_ARRAY).floats();
  }

  /** One array an earlier stage left. */
  HostTensor array(Stage stage, String role, String file, String name) throws StoreException {
    return input(stage, role, file, path -> array(path, name));
  }

  private static HostTensor array(Path path, String name) throws IOException {
    HostTensor array = SafeTensors.read(path).get(name);
    if (array == null) {
      throw new DataException(path + " has no array \"" + name + "\".");
    }
    return array;
  }

  /** The network of a stage, with an output a class. */
  Network network(Stage stage) throws IOException {
    return Networks.of(
        stage.subject().network().orElseThrow(), subset(stage).dataset().classes().size());
  }

  /** The images of a stage's dataset, sub-sampled as its settings say. */
  synchronized Subset subset(Stage stage) throws IOException {
    Spec spec = stage.subject().dataset();
    Drawn drawn = new Drawn(spec, stage.subject().seed());
    Subset known = subsets.get(drawn);
    if (known != null) {
      return known;
    }
    Dataset whole = datasets.get(spec);
    if (whole == null) {
      whole = load(spec);
      datasets.put(spec, whole);
    }
    Subset subset = Sources.open(spec, dataDir).draw(whole, spec.settings(), drawn.seed());
    if (subsets.size() >= SUBSETS_KEPT) {
      subsets.remove(subsets.keySet().iterator().next());
    }
    subsets.put(drawn, subset);
    return subset;
  }

  private Dataset load(Spec dataset) throws IOException {
    try {
      return Sources.open(dataset, dataDir).load();
    } catch (IOException e) {
      throw StoreException.reading(dataDir, e);
    }
  }

  /** The images of a stage on the device, with the prototypes it takes as input behind them. */
  ImageTable images(Stage stage) throws IOException {
    Drawn drawn = new Drawn(stage.subject().dataset(), stage.subject().seed());
    Optional<StageKey> prototypes = Optional.ofNullable(stage.inputs().get("prototypes"));
    if (onDevice != null
        && onDevice.drawn().equals(drawn)
        && onDevice.prototypes().equals(prototypes)) {
      return onDevice.table();
    }
    clearDevice();
    Optional<Prototypes> condensed =
        prototypes.isPresent() ? Optional.of(prototypes(stage)) : Optional.empty();
    ImageTable table = ImageTable.of(engine(), subset(stage).dataset(), condensed);
    onDevice = new OnDevice(drawn, prototypes, table);
    return table;
  }

  /** Forgets datasets, and the images on the device where the calling thread may. */
  synchronized void relieve() {
    datasets.clear();
    subsets.clear();
    if (Thread.currentThread() == engineThread) {
      clearDevice();
    }
  }

  private void clearDevice() {
    if (onDevice != null) {
      onDevice.table().close();
      onDevice = null;
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
    clearDevice();
    if (engine != null) {
      engine.close();
      engine = null;
    }
  }
}
