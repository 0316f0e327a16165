package lethe.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import lethe.bench.Benchmark;
import lethe.bench.Effort;
import lethe.bench.Figures;
import lethe.bench.Goal;
import lethe.kernel.array.Draws;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Network;
import lethe.net.Networks;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Settings;
import lethe.plan.Spec;

/** Many small steps of training, and the memory that the process holds on its way. */
public final class LeakBenchmark implements Benchmark {
  private static final int SETTLED = 2_000; // steps
  private static final int STEPS = 10_000;
  private static final double MOST = 20; // megabytes; a leak of one image a step would be 120

  @Override
  public String name() {
    return "leak";
  }

  @Override
  public String about() {
    return "Takes 10,000 steps of a small ConvNet.";
  }

  @Override
  public Effort effort() {
    return new Effort(0, 1, "128m");
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Map<String, String> small = Map.of("width", "4", "depth", "3");
    Network network = Networks.of(new Spec("convnet", Settings.of(small), new TreeMap<>()), 10);
    try (EngineSession session = Bed.engine();
        ImageTable table = ImageTable.of(session, Bed.images(10, 1))) {
      Map<Long, Double> held = new TreeMap<>(); // megabytes, by steps done
      Signals watching =
          new Signals() {
            @Override
            public boolean stopRequested() {
              return false;
            }

            @Override
            public void progress(long done, long total, double loss) {
              if (done == SETTLED || done == STEPS) {
                System.gc();
                held.put(done, residentMegabytes());
              }
            }
          };
      new TrainLoop(session, network, table, 0)
          .run(Weights.initial(network, new Draws(1)), Bed.training(table, STEPS), watching);
      double settled = held.getOrDefault((long) SETTLED, Double.NaN);
      double end = held.getOrDefault((long) STEPS, Double.NaN);
      figures.add("held after 2,000 steps", "MB", settled);
      figures.add("more after 10,000", "MB", end - settled, Goal.below(MOST));
    }
  }

  private static double residentMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1e3)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
