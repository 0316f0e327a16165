package lethe.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Stages that are alike but for seed, scenario and round: what fails one may fail them all. */
public record Family(
    StageKind kind,
    String dataset,
    Optional<String> network,
    Optional<String> method,
    Optional<RetainRecipe> recipe,
    Optional<String> condenser) {
  public static Family of(Stage stage) {
    return of(stage.kind(), stage.subject());
  }

  /** The family of stages of a kind. */
  static Family of(StageKind kind, Subject subject) {
    return new Family(
        kind,
        subject.dataset().id(),
        subject.network().map(Spec::id),
        subject.method(),
        subject.recipe(),
        subject.condenser().map(Spec::id));
  }

  /** {@code unlearned glyphs/convnet/reduced/blend/cf}. */
  public String label() {
    List<String> parts =
        Stream.of(Optional.of(dataset), network, recipe.map(RetainRecipe::id), condenser, method)
            .flatMap(Optional::stream)
            .toList();
    return kind.id() + " " + String.join("/", parts);
  }
}
