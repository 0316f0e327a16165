package lethe.bench.engine;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import lethe.bench.Benchmark;
import lethe.bench.Effort;
import lethe.bench.Figures;
import lethe.bench.Goal;
import lethe.condense.CondenseTask;
import lethe.condense.Condenser;
import lethe.condense.Condensers;
import lethe.data.Clusters;
import lethe.data.Dataset;
import lethe.data.RetainParts;
import lethe.kernel.array.Draws;
import lethe.net.Embedder;
import lethe.net.EngineProducts;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Signals;
import lethe.partition.ClassPartition;
import lethe.plan.Settings;

/**
 * Blend with a fifth as many clusters as images, as the paper has on CIFAR-10, beside the authors'
 * way of one cluster after the other.
 */
public final class BlendBenchmark implements Benchmark {
  private static final int TURNS = 3;
  private static final int IMAGES = 500; // of a class
  private static final int CLUSTERS = 100; // of a class
  private static final int ITERATIONS = 12;
  private static final double RATE = 1.111; // of a cluster: the paper's where a class is forgotten
  private static final int WIDTH = 128;
  private static final int DEPTH = 3;

  @Override
  public String name() {
    return "blend";
  }

  @Override
  public String about() {
    return "Condenses 1,000 clusters of 5,000 images in 12 iterations.";
  }

  @Override
  public Effort effort() {
    return new Effort(0, 1, "2g");
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Dataset dataset = Bed.images(IMAGES, 1);
    try (EngineSession session = Bed.engine();
        ImageTable table = ImageTable.of(session, dataset)) {
      Embedder embedder = Embedder.random(WIDTH, DEPTH, new Draws(1));
      Clusters clusters = clusters(session, table, dataset, embedder);
      session.claimThread(); // k-means took it for one thread's products
      int[][] members = clusters.members();
      int[] free = IntStream.range(0, members.length).filter(c -> members[c].length > 0).toArray();
      CondenseTask task =
          new CondenseTask(
              session,
              embedder,
              table,
              clusters,
              new RetainParts(free, new int[0]),
              settings(free.length, "fp32"),
              (purpose, iteration, label) -> new Draws(1),
              Signals.NONE);
      leave(folder, session, table, clusters, embedder);
      Optional<Peer> peer = Peer.start("blend", folder, ITERATIONS, RATE * free.length);
      try {
        turns(task, peer, folder, figures);
      } finally {
        peer.ifPresent(Peer::close);
      }
    }
  }

  private static void turns(CondenseTask task, Optional<Peer> peer, Path folder, Figures figures)
      throws Exception {
    CondenseTask narrow = with(task, settings(task.parts().freeClusters().length, "bf16"));
    Figures warmUp = new Figures();
    float[] usual = blended(task, "fp32", 2, Double.NaN, warmUp).prototypes().images();
    blended(narrow, "bf16", 3.5, Double.NaN, warmUp);
    for (int turn = 0; turn < TURNS; turn++) {
      double theirs = peer.isPresent() ? peer.get().seconds() : Double.NaN;
      if (peer.isPresent()) {
        figures.add("one by one in PyTorch", "s", theirs);
        float[] wanted = Floats.read(folder.resolve("prototypes.f32"));
        figures.add(
            "fp32, largest difference from it",
            "σ of pixels",
            Floats.largestDifference(usual, wanted));
      }
      blended(task, "fp32", 2, theirs, figures);
      Condenser.Condensed rounded = blended(narrow, "bf16", 3.5, theirs, figures);
      figures.add(
          "bf16, largest difference from fp32",
          "σ of pixels",
          Floats.largestDifference(rounded.prototypes().images(), usual));
    }
  }

  /**
   * Condenses once.
   *
   * @param theirs seconds of the peer for the same; NaN where there is none
   */
  private static Condenser.Condensed blended(
      CondenseTask task, String precision, double goal, double theirs, Figures figures) {
    long begin = System.nanoTime();
    Condenser.Condensed condensed = Condensers.of("blend").condense(task);
    task.session().sync();
    double ours = (System.nanoTime() - begin) / 1e9;
    figures.add(precision, "s", ours);
    double steps = (double) task.parts().freeClusters().length * ITERATIONS;
    figures.add(precision + ", a cluster and iteration", "ms", ours / steps * 1e3);
    if (!Double.isNaN(theirs)) {
      figures.add("one by one / Lethe " + precision, "", theirs / ours, Goal.above(goal));
    }
    figures.add(precision + ", steps not taken for their weight sum", "", condensed.refusedSteps());
    return condensed;
  }

  private static CondenseTask with(CondenseTask task, Settings settings) {
    return new CondenseTask(
        task.session(),
        task.embedder(),
        task.table(),
        task.clusters(),
        task.parts(),
        settings,
        task.seeds(),
        task.signals());
  }

  private static Clusters clusters(
      EngineSession session, ImageTable table, Dataset dataset, Embedder embedder) {
    float[] features = embedder.trainFeatures(session, table, Signals.NONE);
    return new ClassPartition(CLUSTERS, 100, 1e-4)
        .partition(
            new ClassPartition.Images(features, dataset.train().labels(), dataset.classes().size()),
            label -> new Draws(label),
            new ClassPartition.Tools(new EngineProducts(), Runnable::run, Signals.NONE));
  }

  private static Settings settings(int free, String precision) {
    return Settings.of(
        Map.of(
            "condenser",
            "blend",
            "clusters-per-class",
            "" + CLUSTERS,
            "iterations",
            "" + ITERATIONS,
            "momentum",
            "0.5",
            "learning-rate",
            "" + RATE * free,
            "minimum-weight-sum",
            "0.1"));
  }

  /** What the peer starts from. */
  private static void leave(
      Path folder, EngineSession session, ImageTable table, Clusters clusters, Embedder embedder)
      throws IOException {
    int[] all = IntStream.range(0, table.trainSize()).toArray();
    try (NDManager scope = session.scope()) {
      Floats.write(
          folder.resolve("images.f32"), table.batch(session.kernels(scope), all).toFloatArray());
    }
    Floats.write(folder.resolve("clusters.i32"), clusters.clusterOf());
    float[][] arrays =
        IntStream.range(0, embedder.weights().specs().size())
            .mapToObj(embedder.weights()::values)
            .toArray(float[][]::new);
    Floats.write(folder.resolve("embedder.f32"), arrays);
  }
}
