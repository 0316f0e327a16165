package lethe.run;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.plan.RetainRecipe;
import lethe.plan.Stage;
import lethe.plan.StageKind;

/** Stages that are alike but for seed, scenario and round: what fails one may fail them all. */
record Family(
    StageKind kind,
    String dataset,
    Optional<String> network,
    Optional<String> method,
    Optional<RetainRecipe> recipe,
    Optional<String> condenser) {
  static Family of(Stage stage) {
    return new Family(
        stage.kind(),
        stage.subject().dataset().id(),
        stage.subject().network().map(n -> n.id()),
        stage.subject().method(),
        stage.subject().recipe(),
        stage.subject().condenser().map(c -> c.id()));
  }

  /** {@code unlearned glyphs/convnet/reduced/blend/cf}. */
  String label() {
    List<String> parts =
        Stream.of(Optional.of(dataset), network, recipe.map(RetainRecipe::id), condenser, method)
            .flatMap(Optional::stream)
            .toList();
    return kind.id() + " " + String.join("/", parts);
  }
}
