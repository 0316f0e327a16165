package lethe.evaluate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import lethe.data.Scores;
import lethe.kernel.array.ActivationDistance;
import lethe.kernel.array.JensenShannon;
import lethe.kernel.array.KlDivergence;

/**
 * How far a network's outputs are from those of a reference, the network retrained without the
 * forget set, on the forget set: 0 is the goal, whatever the accuracies say.
 *
 * <p>Metrics, each the mean over F: {@code activation-distance} (0 to √2), {@code js-divergence}
 * (nats, 0 to log 2), {@code kl-divergence} (of the reference from the network, KL(reference ‖
 * network); nats, 0 or more). One is absent where F is empty or the mean is not finite; its rows
 * have no flags of their own.
 */
public final class Distances {
  private record Metric(String id, ToDoubleBiFunction<double[], double[]> formula) {}

  private static final List<Metric> METRICS =
      List.of(
          new Metric("activation-distance", ActivationDistance::of),
          new Metric("js-divergence", JensenShannon::of),
          new Metric("kl-divergence", KlDivergence::of));

  private Distances() {}

  /**
   * @param logits of the network, the training images first. [(n + more) * classes]
   * @param reference the same of the reference. [(n + more) * classes]
   * @param forget positions of F among the training images
   */
  public static Scores score(float[] logits, float[] reference, int classes, int[] forget) {
    SortedMap<String, Double> values = new TreeMap<>();
    for (Metric metric : METRICS) {
      double sum = 0;
      for (int row : forget) {
        sum +=
            metric
                .formula()
                .applyAsDouble(
                    Logits.row(reference, classes, row), Logits.row(logits, classes, row));
      }
      double mean = sum / forget.length; // NaN where F is empty
      if (Double.isFinite(mean)) {
        values.put(metric.id(), mean);
      }
    }
    return new Scores(values, List.of());
  }
}
