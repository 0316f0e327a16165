package lethe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lethe.data.DataException;
import lethe.net.Networks;
import lethe.net.Weights;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.StartWeights;
import lethe.plan.Subject;

/** Original weights that the user brings: whether they are those of the networks of the grid. */
final class GivenWeights {
  private GivenWeights() {}

  /** A sentence for each file that a stage of {@code dataset} could not start from. */
  static List<String> problems(Experiment experiment, Spec dataset, int classes)
      throws IOException {
    Set<String> problems = new LinkedHashSet<>();
    for (Spec network : experiment.grid().networks()) {
      Set<String> read = new HashSet<>();
      for (long seed : experiment.grid().seeds()) {
        Settings train = train(experiment, dataset, network, seed);
        Optional<String> file = StartWeights.path(train, seed).filter(read::add);
        if (file.isPresent()) {
          try {
            Weights.given(Path.of(file.get()), Networks.of(network, classes));
          } catch (DataException e) {
            problems.add(String.valueOf(e.getMessage()));
          }
        }
      }
    }
    return new ArrayList<>(problems);
  }

  /** A sentence for each file that all of several seeds start from. */
  static List<String> shared(Experiment experiment) {
    List<Long> seeds = experiment.grid().seeds();
    Set<String> sentences = new LinkedHashSet<>();
    for (Spec dataset : experiment.grid().datasets()) {
      for (Spec network : experiment.grid().networks()) {
        StartWeights.shared(train(experiment, dataset, network, seeds.get(0)))
            .filter(file -> seeds.size() > 1)
            .ifPresent(
                file ->
                    sentences.add(
                        "All %d seeds start from the one file %s; with {seed} in its place each has its own."
                            .formatted(seeds.size(), file)));
      }
    }
    return new ArrayList<>(sentences);
  }

  private static Settings train(Experiment experiment, Spec dataset, Spec network, long seed) {
    return experiment
        .grid()
        .knobs()
        .settings(experiment.repertoire().train(), Subject.of(dataset, seed).on(network));
  }
}
