package lethe.bench.engine;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.bench.Benchmark;
import lethe.bench.Effort;
import lethe.bench.Figures;
import lethe.bench.Goal;
import lethe.kernel.array.Draws;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Network;
import lethe.net.TrainLoop;
import lethe.net.Weights;

/**
 * A step of plain training of one network, beside a plain loop of PyTorch.
 *
 * @param network what is trained
 * @param steps in one turn
 * @param operations floating-point operations of a step for each image: convolutions and the linear
 *     layer, forward and backward
 */
public record TrainingBenchmark(String network, int steps, double operations) implements Benchmark {
  private static final int TURNS = 3;

  /** One for each network of the paper. */
  public static final List<Benchmark> ALL =
      List.of(
          new TrainingBenchmark("convnet", 20, 297_394_176.0),
          new TrainingBenchmark("resnet-18", 2, 3_328_997_376.0),
          new TrainingBenchmark("resnet-50", 1, 7_783_440_384.0));

  @Override
  public String name() {
    return network;
  }

  @Override
  public String about() {
    return "Takes steps of training, 64 images each.";
  }

  @Override
  public Effort effort() {
    return new Effort(0, 1, "2g");
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    try (EngineSession session = Bed.engine();
        ImageTable table = ImageTable.of(session, Bed.images(200, 1))) {
      for (int i = 0; i <= TURNS; i++) {
        ceiling(session, i > 0 ? figures : new Figures());
      }
      measure(session, table, figures);
    }
  }

  /** What the engine can do at most here: a large product, and one convolution. */
  private static void ceiling(EngineSession session, Figures figures) throws Exception {
    try (NDManager scope = session.scope()) {
      figures.add(
          "ceiling: product of matrices, 2048 a side", "GFLOP/s", Ceiling.product(session, scope));
      figures.add(
          "ceiling: convolution, 128 channels", "GFLOP/s", Ceiling.convolution(session, scope));
    }
  }

  private void measure(EngineSession session, ImageTable table, Figures figures) throws Exception {
    try (Rival plain = new Rival("fp32", this, Peer.start("training", words()));
        Rival kept =
            new Rival("fp32, memory kept", this, Peer.startKeepingMemory("training", words()));
        Rival low =
            new Rival(
                "bf16, memory kept", this, Peer.startKeepingMemory("training", words("bf16")))) {
      for (int turn = 0; turn <= TURNS; turn++) {
        Figures counted = turn > 0 ? figures : new Figures(); // the first warms up
        double single = ours(session, table, "fp32", counted);
        double theirs = plain.seconds(counted);
        plain.compare(theirs, "fp32", single, Goal.above(0.97), counted);
        kept.compare(kept.seconds(counted), "fp32", single, Goal.above(0.97), counted);
        double narrow = ours(session, table, "bf16", counted);
        plain.compare(theirs, "bf16", narrow, Goal.above(1.8), counted);
        low.compare(low.seconds(counted), "bf16", narrow, Goal.above(0.97), counted);
      }
    }
  }

  private Object[] words(String... more) {
    List<Object> words = new ArrayList<>(List.of(network, Bed.BATCH, steps));
    words.addAll(List.of(more));
    return words.toArray();
  }

  private double ours(EngineSession session, ImageTable table, String precision, Figures figures) {
    Network trained = Bed.network(network, precision);
    Laps laps = new Laps(session);
    new TrainLoop(session, trained, table, 0)
        .run(Weights.initial(trained, new Draws(1)), Bed.training(table, steps + 1), laps);
    double seconds = laps.secondsAStep();
    String name = "Lethe " + precision;
    figures.add(name, "ms a step", seconds * 1e3);
    figures.add(name + ", done", "GFLOP/s", operations * Bed.BATCH / seconds / 1e9);
    return seconds;
  }

  /** A peer that takes the same steps. */
  private record Rival(String name, TrainingBenchmark work, Optional<Peer> peer)
      implements AutoCloseable {
    /** Seconds of one step; none where there is no peer. */
    double seconds(Figures figures) throws IOException {
      if (peer.isEmpty()) {
        return Double.NaN;
      }
      double seconds = peer.get().seconds() / work.steps();
      figures.add("PyTorch " + name, "ms a step", seconds * 1e3);
      return seconds;
    }

    void compare(double theirs, String precision, double ours, Goal goal, Figures figures) {
      if (peer.isPresent()) {
        String ratio = "PyTorch %s / Lethe %s".formatted(name, precision);
        figures.add(ratio, "", theirs / ours, goal);
      }
    }

    @Override
    public void close() {
      peer.ifPresent(Peer::close);
    }
  }
}
