package lethe.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import lethe.data.Clusters;
import lethe.data.Dataset;
import lethe.data.ForgetSplit;
import lethe.data.HostTensor;
import lethe.data.RetainParts;
import lethe.data.SafeTensors;
import lethe.data.Splitter;
import lethe.data.Subset;
import lethe.kernel.array.Draws;
import lethe.net.Embedder;
import lethe.net.EngineProducts;
import lethe.net.ImageTable;
import lethe.net.Signals;
import lethe.net.Stopwatch;
import lethe.partition.ClassPartition;
import lethe.partition.ForgetSampling;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Seeds;
import lethe.plan.Settings;
import lethe.plan.Stage;
import lethe.plan.Subject;

/** Stages that part the images: splits, features, clusters, free and residual. */
record PartitionWork(Materials materials) {
  private static final String POSITIONS = "positions.safetensors";
  private static final String ARRAY = "features";
  private static final String NOT_DRAWN = "listed-images-not-drawn";

  Rooms.Report split(Stage stage) throws IOException {
    Subject subject = stage.subject();
    Subset subset = materials.subset(stage);
    Stopwatch stopwatch = Stopwatch.start();
    ForgetSplit split =
        Splitter.split(
            subset,
            subject.scenario().orElseThrow(),
            subject.round(),
            subject.seed(),
            stage.settings());
    double seconds = stopwatch.seconds();
    TreeMap<String, HostTensor> positions =
        new TreeMap<>(); // for readers: where the files have them
    positions.put("train", HostTensor.of(subset.trainPositions(), subset.trainPositions().length));
    positions.put("test", HostTensor.of(subset.testPositions(), subset.testPositions().length));
    return new Rooms.Report(
        Spans.SPLIT,
        seconds,
        flags(subject.scenario().orElseThrow(), split),
        draft -> {
          split.write(draft.file(Materials.SPLIT));
          SafeTensors.write(draft.file(POSITIONS), positions);
        });
  }

  /** A sub-sample may lack images that a file lists. */
  private static List<String> flags(Scenario scenario, ForgetSplit split) {
    return scenario instanceof Scenario.File file && split.forget().length < file.list().size()
        ? List.of(NOT_DRAWN)
        : List.of();
  }

  Rooms.Report features(Stage stage, Signals signals) throws IOException {
    ImageTable table = materials.images(stage);
    Stopwatch stopwatch = Stopwatch.start(materials.engine());
    Embedder embedder = embedder(stage, "embedder-partition");
    float[] features = embedder.trainFeatures(materials.engine(), table, signals);
    double seconds = stopwatch.seconds();
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    int dimension = embedder.network().embedDimension();
    tensors.put(ARRAY, HostTensor.of(features, table.trainSize(), dimension));
    return new Rooms.Report(
        Spans.CLUSTER,
        seconds,
        List.of(),
        draft -> SafeTensors.write(draft.file(Materials.FEATURES), tensors));
  }

  Rooms.Report clusters(Stage stage, Signals signals) throws IOException {
    Subject subject = stage.subject();
    Dataset dataset = materials.subset(stage).dataset();
    float[] features = materials.array(stage, "features", Materials.FEATURES, ARRAY).floats();
    ClassPartition.Images images =
        new ClassPartition.Images(features, dataset.train().labels(), dataset.classes().size());
    ClassPartition.Tools tools =
        new ClassPartition.Tools(new EngineProducts(), materials.pool(), signals);
    ClassPartition partition = ClassPartition.of(stage.settings());
    Optional<RetainRecipe> again = subject.recipe().flatMap(RetainRecipe::clusteredAgain);
    if (again.isPresent()) {
      int[] some = new Retained(materials).originals(stage, again.get());
      return clusters(() -> partition.partition(images, some, y -> drawsAgain(subject, y), tools));
    }
    return clusters(() -> partition.partition(images, y -> draws(subject, "k-means", y), tools));
  }

  private static Rooms.Report clusters(Supplier<Clusters> work) {
    Stopwatch stopwatch = Stopwatch.start();
    Clusters clusters = work.get();
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.CLUSTER, seconds, List.of(), draft -> clusters.write(draft.file(Materials.CLUSTERS)));
  }

  Rooms.Report parts(Stage stage) throws IOException {
    Clusters clusters = materials.clusters(stage);
    ForgetSplit split = materials.split(stage);
    Stopwatch stopwatch = Stopwatch.start();
    RetainParts parts = ForgetSampling.parts(clusters, split.allForgotten());
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.SAMPLE, seconds, List.of(), draft -> parts.write(draft.file(Materials.PARTS)));
  }

  private static Draws draws(Subject subject, String purpose, Object... more) {
    return new Draws(Seeds.of(subject.dataset().id(), subject.seed(), purpose, more));
  }

  /** Of another clustering: another part of the images, other draws. */
  private static Draws drawsAgain(Subject subject, int label) {
    return draws(
        subject, "k-means-again", subject.scenario().orElseThrow().id(), subject.round(), label);
  }

  /** The random network ψ of a stage that embeds images; each purpose has its own. */
  static Embedder embedder(Stage stage, String purpose) {
    Settings settings = stage.settings();
    Subject subject = stage.subject();
    return Embedder.random(
        settings.integer("embedder-width"),
        settings.integer("embedder-depth"),
        draws(subject, purpose));
  }
}
