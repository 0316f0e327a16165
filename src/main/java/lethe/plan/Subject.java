package lethe.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The axes that matter to one stage; the others are empty.
 *
 * @param round 0-based
 * @param method empty for stages before a method
 */
public record Subject(
    Spec dataset,
    Optional<Spec> network,
    Optional<Scenario> scenario,
    int round,
    Optional<RetainRecipe> recipe,
    Optional<String> method,
    long seed) {

  /** A readable name, such as {@code glyphs/convnet/random-class/reduced/a-cf/seed-1}. */
  public String label() {
    List<String> parts = new ArrayList<>();
    parts.add(dataset.id());
    network.ifPresent(n -> parts.add(n.id()));
    scenario.ifPresent(s -> parts.add(s.id()));
    recipe.ifPresent(r -> parts.add(r.id()));
    method.ifPresent(parts::add);
    parts.add("seed-" + seed);
    return String.join("/", parts);
  }
}
