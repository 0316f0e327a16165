package lethe.bench.engine;

import java.nio.file.Path;
import java.util.Arrays;
import lethe.bench.Benchmark;
import lethe.bench.Figures;
import lethe.data.Clusters;
import lethe.data.RetainParts;
import lethe.kernel.array.Draws;
import lethe.partition.ForgetSampling;

/** F-sampling of a million images. */
public final class SamplingBenchmark implements Benchmark {
  private static final int IMAGES = 1_000_000;
  private static final int CLUSTERS = 200_000;

  @Override
  public String name() {
    return "sampling";
  }

  @Override
  public String about() {
    return "Parts a million images in 200,000 clusters, of which a tenth is forgotten.";
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    Draws draws = new Draws(1);
    int[] clusterOf = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      clusterOf[i] = draws.nextInt(CLUSTERS);
    }
    Clusters clusters = new Clusters(CLUSTERS, 1, clusterOf);
    int[] all = draws.permutation(IMAGES);
    int[] forget = Arrays.copyOf(all, IMAGES / 10);
    RetainParts[] parts = new RetainParts[1];
    figures.add(
        "a million images",
        "ms",
        Figures.seconds(() -> parts[0] = ForgetSampling.parts(clusters, forget)) * 1e3);
    figures.add("free clusters", "", parts[0].freeClusters().length);
  }
}
