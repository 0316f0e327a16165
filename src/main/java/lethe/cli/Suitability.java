package lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.data.DataException;
import lethe.data.source.DataSource;
import lethe.plan.Environment;
import lethe.plan.GridDifference;
import lethe.plan.Spec;

/** Whether an experiment goes together with the images, weights and results that are there. */
final class Suitability {
  private Suitability() {}

  /**
   * @throws Refusal with every problem of every dataset
   */
  static void check(Experiment experiment, Holdings holdings) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Spec dataset : experiment.grid().datasets()) {
      problems.addAll(problems(experiment, dataset, holdings.source(dataset)));
    }
    if (!problems.isEmpty()) {
      throw new Refusal(Exit.USAGE, problems);
    }
  }

  /** The same problems, as far as the datasets are there. */
  static List<String> foreseen(Experiment experiment, Holdings holdings) throws IOException {
    List<String> problems = new ArrayList<>();
    for (Spec dataset : experiment.grid().datasets()) {
      try {
        problems.addAll(problems(experiment, dataset, holdings.source(dataset)));
      } catch (DataException e) {
        // missing or damaged, which the plan says elsewhere
      }
    }
    return problems;
  }

  private static List<String> problems(Experiment experiment, Spec dataset, DataSource source)
      throws IOException {
    DataSource.Counts counts = source.counts();
    List<String> problems = new ArrayList<>(ClassSizes.problems(experiment, dataset, counts));
    problems.addAll(GivenWeights.problems(experiment, dataset, counts.classes().size()));
    return problems.isEmpty() ? ListedImages.problems(experiment, dataset, source) : problems;
  }

  /** What a user should know of a run before it starts. */
  static List<String> notes(Experiment experiment, Environment environment) {
    List<String> notes = new ArrayList<>(Surroundings.kept(experiment.machine(), environment));
    notes.addAll(GivenWeights.shared(experiment));
    replaced(experiment).ifPresent(notes::add);
    return notes;
  }

  private static Optional<String> replaced(Experiment experiment) {
    Path sheet = experiment.folder().resolve(Sheets.EXPERIMENT);
    try {
      List<String> lost =
          Files.exists(sheet)
              ? GridDifference.lost(Files.readString(sheet), experiment.grid().render())
              : List.of();
      return lost.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "%s was of another grid, whose tables this run replaces; no longer in them: %s."
                  .formatted(sheet, String.join("; ", lost)));
    } catch (IOException e) { // no text: it has no say
      return Optional.empty();
    }
  }
}
