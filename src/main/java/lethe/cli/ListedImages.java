package lethe.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.data.Dataset;
import lethe.data.source.DataSource;
import lethe.plan.Scenario;
import lethe.plan.Spec;

/** Whether what a seed draws of a dataset has images that a file lists, and others. */
final class ListedImages {
  private static final String KNOB = "train-per-class";

  private ListedImages() {}

  /**
   * A sentence for each seed and list that do not go together. The images are loaded only where a
   * seed draws a part of them.
   */
  static List<String> problems(Experiment experiment, Spec dataset, DataSource source)
      throws IOException {
    List<Scenario.File> files =
        experiment.grid().scenarios().stream()
            .filter(Scenario.File.class::isInstance)
            .map(Scenario.File.class::cast)
            .toList();
    boolean isDrawn = dataset.settings().has(KNOB) && dataset.settings().integer(KNOB) > 0;
    List<String> problems = new ArrayList<>();
    if (files.isEmpty() || !isDrawn) {
      return problems;
    }
    Dataset whole = source.load();
    for (long seed : experiment.grid().seeds()) {
      int[] drawn = source.draw(whole, dataset.settings(), seed).trainPositions();
      for (Scenario.File file : files) {
        Set<Integer> listed =
            Arrays.stream(file.list().indices()).boxed().collect(Collectors.toSet());
        long forgotten = Arrays.stream(drawn).filter(listed::contains).count();
        if (forgotten == 0 || forgotten == drawn.length) {
          problems.add(
              "scenarios: %s forgets %d of the %d training images that seed %d draws of %s (dataset.%s.%s is %d); some must be forgotten and some retained."
                  .formatted(
                      file.id(),
                      forgotten,
                      drawn.length,
                      seed,
                      dataset.id(),
                      dataset.id(),
                      KNOB,
                      dataset.settings().integer(KNOB)));
        }
      }
    }
    return problems;
  }
}
