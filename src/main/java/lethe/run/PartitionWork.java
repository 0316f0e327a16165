package lethe.run;

import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
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
import lethe.plan.Seeds;
import lethe.plan.Settings;
import lethe.plan.Stage;
import lethe.plan.Subject;

/** Stages that part the images: splits, features, clusters, free and residual. */
record PartitionWork(Materials materials) {
  private static final String POSITIONS = "positions.safetensors";
  private static final String ARRAY = "features";

  Rooms.Report split(Stage stage) throws IOException {
    Subject subject = stage.subject();
    Subset subset = materials.subset(stage);
    Stopwatch stopwatch = Stopwatch.start();
    ForgetSplit split =
        Splitter.split(
            subset.dataset(),
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
        List.of(),
        draft -> {
          split.write(draft.file(Materials.SPLIT));
          SafeTensors.write(draft.file(POSITIONS), positions);
        });
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
    Stopwatch stopwatch = Stopwatch.start();
    Clusters clusters =
        ClassPartition.of(stage.settings())
            .partition(
                features,
                dataset.train().labels(),
                dataset.classes().size(),
                dataset.id(),
                subject.seed(),
                new EngineProducts(),
                materials.pool(),
                signals);
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.CLUSTER, seconds, List.of(), draft -> clusters.write(draft.file(Materials.CLUSTERS)));
  }

  Rooms.Report parts(Stage stage) throws IOException {
    Clusters clusters = materials.clusters(stage);
    ForgetSplit split = materials.split(stage);
    Stopwatch stopwatch = Stopwatch.start();
    RetainParts parts = ForgetSampling.parts(clusters, split.forget());
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.SAMPLE, seconds, List.of(), draft -> parts.write(draft.file(Materials.PARTS)));
  }

  /** The random network ψ of a stage that embeds images; each purpose has its own. */
  static Embedder embedder(Stage stage, String purpose) {
    Settings settings = stage.settings();
    Subject subject = stage.subject();
    return Embedder.random(
        settings.integer("embedder-width"),
        settings.integer("embedder-depth"),
        new Draws(Seeds.of(subject.dataset().id(), subject.seed(), purpose)));
  }
}
