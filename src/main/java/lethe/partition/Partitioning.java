package lethe.partition;

import java.util.List;
import java.util.Set;
import lethe.plan.Card;
import lethe.plan.Knob;

/** The settings of the partition, block {@code partition}: embedder and k-means. */
public final class Partitioning {
  /** Width and depth of the random embedder, and when k-means stops. */
  public static final Card CARD =
      new Card(
          "partition",
          "Partition",
          "partition",
          1,
          List.of(
              Knob.integer("embedder-width", 1, 1024),
              Knob.integer("embedder-depth", 1, 4),
              Knob.integer("max-iterations", 1, 10_000),
              Knob.number("tolerance", 0, 1)),
          Set.of());

  private Partitioning() {}
}
