package lethe.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Stages that are alike but for seed, scenario and round: what fails one may fail them all. Another
 * width or number of clusters makes another family.
 */
public record Family(
    StageKind kind,
    Spec dataset,
    Optional<Spec> network,
    Optional<String> method,
    Optional<RetainRecipe> recipe,
    Optional<Spec> condenser) {
  public static Family of(Stage stage) {
    return of(stage.kind(), stage.subject());
  }

  /** The family of stages of a kind. */
  static Family of(StageKind kind, Subject subject) {
    return new Family(
        kind,
        subject.dataset(),
        subject.network(),
        subject.method(),
        subject.recipe(),
        subject.condenser());
  }

  /** {@code unlearned glyphs/convnet(width=32)/reduced/blend/cf}; no other family has it. */
  public String label() {
    List<String> parts =
        Stream.of(
                Optional.of(named(dataset)),
                network.map(Family::named),
                recipe.map(RetainRecipe::id),
                condenser.map(c -> c.named(c.settings().entries())),
                method)
            .flatMap(Optional::stream)
            .toList();
    return kind.id() + " " + String.join("/", parts);
  }

  private static String named(Spec spec) {
    return spec.named(spec.departures());
  }
}
