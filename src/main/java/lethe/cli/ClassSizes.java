package lethe.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.data.source.DataSource;
import lethe.data.source.Sources;
import lethe.plan.Card;
import lethe.plan.Spec;
import lethe.plan.Subject;

/** Whether every class has at least as many images as it is to have clusters. */
final class ClassSizes {
  private ClassSizes() {}

  static void check(Experiment experiment) throws IOException {
    if (!experiment.grid().condenses()) {
      return;
    }
    Card condenser =
        Optional.ofNullable(experiment.repertoire().condensers().get(experiment.grid().condenser()))
            .orElseThrow();
    List<String> problems = new ArrayList<>();
    for (Spec dataset : experiment.grid().datasets()) {
      Subject subject =
          new Subject(
              dataset,
              Optional.empty(),
              Optional.empty(),
              0,
              Optional.empty(),
              Optional.empty(),
              experiment.grid().seeds().get(0));
      int k = experiment.grid().knobs().settings(condenser, subject).integer("clusters-per-class");
      problems.addAll(problems(experiment, dataset, condenser.block(), k));
    }
    if (!problems.isEmpty()) {
      throw new Refusal(Exit.USAGE, problems);
    }
  }

  private static List<String> problems(Experiment experiment, Spec dataset, String block, int k)
      throws IOException {
    DataSource.Counts counts = Sources.open(dataset, experiment.machine().dataDir()).counts();
    int asked =
        dataset.settings().has("train-per-class")
            ? dataset.settings().integer("train-per-class")
            : 0;
    for (int c = 0; c < counts.train().size(); c++) {
      int size = asked > 0 ? Math.min(asked, counts.train().get(c)) : counts.train().get(c);
      if (k > size) {
        return List.of(
            "%s.clusters-per-class is %d, but class \"%s\" of %s has only %d training images here: legal are 1 to %d."
                .formatted(block, k, counts.classes().get(c), dataset.id(), size, size));
      }
    }
    return List.of();
  }
}
