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

/** A step of plain training of each network, beside a plain loop of PyTorch. */
public final class TrainingBenchmark implements Benchmark {
  private static final int TURNS = 5;

  /**
   * What is trained.
   *
   * @param steps in one turn
   * @param operations floating-point operations of a step for each image: convolutions and the
   *     linear layer, forward and backward
   */
  private record Work(String network, int steps, double operations) {}

  private static final List<Work> ALL =
      List.of(
          new Work("convnet", 30, 297_394_176.0),
          new Work("resnet-18", 5, 3_328_997_376.0),
          new Work("resnet-50", 3, 7_783_440_384.0));

  @Override
  public String name() {
    return "training";
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
    try (EngineSession session = Bed.engine()) {
      for (int i = 0; i < TURNS; i++) {
        ceiling(session, i > 0 ? figures : new Figures());
      }
      try (ImageTable table = ImageTable.of(session, Bed.images(200, 1))) {
        for (Work work : ALL) {
          measure(session, table, work, figures);
        }
      }
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

  private static void measure(EngineSession session, ImageTable table, Work work, Figures figures)
      throws Exception {
    try (Rival plain = Rival.of("fp32", work);
        Rival last = Rival.of("fp32, channels last", work, "channels-last");
        Rival low = Rival.of("bf16", work, "bf16")) {
      for (int turn = 0; turn <= TURNS; turn++) {
        Figures counted = turn > 0 ? figures : new Figures(); // the first warms up
        double single = ours(session, table, work, "fp32", counted);
        double theirs = plain.seconds(counted);
        plain.compare(theirs, "fp32", single, Goal.above(0.97), counted);
        last.compare(last.seconds(counted), "fp32", single, Goal.above(0.97), counted);
        double narrow = ours(session, table, work, "bf16", counted);
        plain.compare(theirs, "bf16", narrow, Goal.above(1.8), counted);
        low.compare(low.seconds(counted), "bf16", narrow, Goal.above(0.97), counted);
      }
    }
  }

  private static double ours(
      EngineSession session, ImageTable table, Work work, String precision, Figures figures) {
    Network network = Bed.network(work.network(), precision);
    Laps laps = new Laps(session);
    new TrainLoop(session, network, table, 0)
        .run(Weights.initial(network, new Draws(1)), Bed.training(table, work.steps() + 1), laps);
    double seconds = laps.secondsAStep();
    String name = "%s, %s".formatted(work.network(), precision);
    figures.add(name, "ms a step", seconds * 1e3);
    figures.add(name + ", done", "GFLOP/s", work.operations() * Bed.BATCH / seconds / 1e9);
    return seconds;
  }

  /** A peer that takes the same steps. */
  private record Rival(String name, Work work, Optional<Peer> peer) implements AutoCloseable {
    static Rival of(String name, Work work, String... more) throws Exception {
      List<Object> words = new ArrayList<>(List.of(work.network(), Bed.BATCH, work.steps()));
      words.addAll(List.of(more));
      return new Rival(name, work, Peer.start("training", words.toArray()));
    }

    /** Seconds of one step; none where there is no peer. */
    double seconds(Figures figures) throws IOException {
      if (peer.isEmpty()) {
        return Double.NaN;
      }
      double seconds = peer.get().seconds() / work.steps();
      figures.add("%s, PyTorch %s".formatted(work.network(), name), "ms a step", seconds * 1e3);
      return seconds;
    }

    void compare(double theirs, String precision, double ours, Goal goal, Figures figures) {
      if (peer.isPresent()) {
        String ratio = "%s, PyTorch %s / Lethe %s".formatted(work.network(), name, precision);
        figures.add(ratio, "", theirs / ours, goal);
      }
    }

    @Override
    public void close() {
      peer.ifPresent(Peer::close);
    }
  }
}
