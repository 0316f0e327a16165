package lethe.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The axes that matter to one stage; the others are empty.
 *
 * @param round 0-based
 * @param condenser who makes the prototypes, where there are any
 * @param method empty for stages before a method
 */
public record Subject(
    Spec dataset,
    Optional<Spec> network,
    Optional<Scenario> scenario,
    int round,
    Optional<RetainRecipe> recipe,
    Optional<Spec> condenser,
    Optional<String> method,
    long seed) {

  /** The images of one seed; everything else begins so. */
  public static Subject of(Spec dataset, long seed) {
    return new Subject(
        dataset,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        seed);
  }

  /** The same on {@code network}. */
  public Subject on(Spec network) {
    return new Subject(
        dataset, Optional.of(network), scenario, round, recipe, condenser, method, seed);
  }

  /** The same in one round of {@code scenario}. */
  public Subject in(Scenario scenario, int round) {
    return new Subject(
        dataset, network, Optional.of(scenario), round, recipe, condenser, method, seed);
  }

  /** The same by {@code recipe}. */
  public Subject by(RetainRecipe recipe) {
    return new Subject(
        dataset, network, scenario, round, Optional.of(recipe), condenser, method, seed);
  }

  /** The same with the prototypes of {@code condenser}. */
  public Subject with(Spec condenser) {
    return new Subject(
        dataset, network, scenario, round, recipe, Optional.of(condenser), method, seed);
  }

  /** The same for {@code method}. */
  public Subject by(String method) {
    return new Subject(
        dataset, network, scenario, round, recipe, condenser, Optional.of(method), seed);
  }

  /** A readable name, such as {@code glyphs/convnet/random-class/reduced/blend/a-cf/seed-1}. */
  public String label() {
    List<String> parts = new ArrayList<>();
    parts.add(dataset.id());
    network.ifPresent(n -> parts.add(n.id()));
    scenario.ifPresent(s -> parts.add(s.id()));
    if (round > 0) {
      parts.add("round-" + round);
    }
    recipe.ifPresent(r -> parts.add(r.id()));
    condenser.ifPresent(c -> parts.add(c.named(c.settings().entries())));
    method.ifPresent(parts::add);
    parts.add("seed-" + seed);
    return String.join("/", parts);
  }
}
