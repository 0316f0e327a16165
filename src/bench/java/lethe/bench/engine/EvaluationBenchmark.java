package lethe.bench.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import lethe.bench.Benchmark;
import lethe.bench.Effort;
import lethe.bench.Figures;
import lethe.kernel.array.Draws;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Inference;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.Weights;

/** The pass over images that every metric is computed from. */
public final class EvaluationBenchmark implements Benchmark {
  @Override
  public String name() {
    return "evaluation";
  }

  @Override
  public String about() {
    return "Gives the logits of 1,000 images.";
  }

  @Override
  public Effort effort() {
    return new Effort(1, 5, "2g");
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    try (EngineSession session = Bed.engine();
        ImageTable table = ImageTable.of(session, Bed.images(100, 1))) {
      int[] all = IntStream.range(0, table.trainSize()).toArray();
      for (String name : List.of("convnet", "resnet-18")) {
        Network network = Bed.network(name, "fp32");
        Weights weights = Weights.initial(network, new Draws(1));
        Inference inference = new Inference(session, network, table, Signals.NONE);
        double seconds = Figures.seconds(() -> inference.logits(weights, all));
        figures.add(name, "images a second", all.length / seconds);
      }
    }
  }
}
