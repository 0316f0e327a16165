package lethe.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One row of a table for one seed.
 *
 * @param round 0-based round of unlearning
 * @param method a method's id, or {@link #ORIGINAL} for the weights before unlearning
 * @param condenser who made the prototypes; empty where the recipe has none
 * @param imagesPerClass clusters per class, where the recipe clusters
 * @param protocol of the whole grid
 */
public record Cell(
    Spec dataset,
    Spec network,
    Scenario scenario,
    int round,
    String method,
    RetainRecipe recipe,
    Optional<Spec> condenser,
    Optional<Integer> imagesPerClass,
    Protocol protocol,
    long seed) {
  /** The row of the original weights, which every grid gets for comparison. */
  public static final String ORIGINAL = "original";

  /** The method that others are compared with. */
  public static final String RETRAINING = "retraining";

  /** Whether others are compared with it: retraining on the whole retain set. */
  public boolean isReference() {
    return method.equals(RETRAINING) && recipe == RetainRecipe.WHOLE;
  }

  /** The same row in another round. */
  public Cell inRound(int other) {
    return new Cell(
        dataset,
        network,
        scenario,
        other,
        method,
        recipe,
        condenser,
        imagesPerClass,
        protocol,
        seed);
  }

  /** A readable name, such as {@code glyphs/convnet/random-class/a-cf/reduced/blend-40/seed-1}. */
  public String label() {
    List<String> parts = new ArrayList<>(List.of(dataset.id(), network.id(), scenario.id()));
    if (round > 0) {
      parts.add("round-" + round);
    }
    parts.add(method);
    parts.add(recipe.id());
    String clusters = imagesPerClass.map(k -> "-" + k).orElse("");
    condenser.ifPresent(c -> parts.add(c.id() + clusters));
    parts.add("seed-" + seed);
    return String.join("/", parts);
  }
}
