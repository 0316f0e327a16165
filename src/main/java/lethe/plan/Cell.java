package lethe.plan;

import java.util.Optional;

/**
 * One row of a table for one seed.
 *
 * @param round 0-based round of unlearning
 * @param method a method's id, or {@link #ORIGINAL} for the weights before unlearning
 * @param condenser who made the prototypes; empty where the recipe has none
 * @param imagesPerClass clusters per class, where the recipe condenses
 */
public record Cell(
    Spec dataset,
    Spec network,
    Scenario scenario,
    int round,
    String method,
    RetainRecipe recipe,
    Optional<String> condenser,
    Optional<Integer> imagesPerClass,
    long seed) {
  /** The row of the original weights, which every grid gets for comparison. */
  public static final String ORIGINAL = "original";

  /** A readable name, such as {@code glyphs/convnet/random-class/a-cf/reduced/seed-1}. */
  public String label() {
    return String.join(
        "/", dataset.id(), network.id(), scenario.id(), method, recipe.id(), "seed-" + seed);
  }
}
