package lethe.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import lethe.data.Splitter;
import lethe.data.source.DataSource;
import lethe.data.source.Sources;
import lethe.plan.Card;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Subject;

/**
 * Whether the images that are really there suffice for the grid: what a stage would find out hours
 * later is told before the first. (The grid's reader compares the settings with one another, and
 * knows their line.)
 */
final class ClassSizes {
  private final Experiment experiment;
  private final Spec dataset;
  private final DataSource.Counts counts;
  private final List<String> problems = new ArrayList<>();

  private ClassSizes(Experiment experiment, Spec dataset, DataSource.Counts counts) {
    this.experiment = experiment;
    this.dataset = dataset;
    this.counts = counts;
  }

  /** A sentence for each thing that does not fit {@code dataset}. */
  static List<String> problems(Experiment experiment, Spec dataset, DataSource.Counts counts) {
    return new ClassSizes(experiment, dataset, counts).problems();
  }

  private List<String> problems() {
    List<Integer> train = drawn("train-per-class", "training", counts.train());
    List<Integer> test = drawn("test-per-class", "test", counts.test());
    for (Scenario scenario : experiment.grid().scenarios()) {
      forgets(scenario, train);
      judges(scenario, sum(test));
    }
    if (experiment.grid().recipes().stream().anyMatch(RetainRecipe::parts)) {
      experiment.grid().condensers().forEach(condenser -> clusters(condenser, train));
    }
    return problems.stream().distinct().toList();
  }

  /** Images of each class after sub-sampling; a problem where a class has fewer than it must. */
  private List<Integer> drawn(String knob, String part, List<Integer> sizes) {
    int asked = dataset.settings().has(knob) ? dataset.settings().integer(knob) : 0;
    if (asked == 0) {
      return sizes;
    }
    int least = smallest(sizes);
    boolean atMost =
        Sources.open(dataset, experiment.machine().dataDir()).takesAtMost(); // reads nothing
    if (asked > sizes.get(least) && !atMost) {
      problems.add(
          "dataset.%s.%s is %d, but class \"%s\" has only %d %s images here; it must be %s0 for all of them."
              .formatted(
                  dataset.id(),
                  knob,
                  asked,
                  counts.classes().get(least),
                  sizes.get(least),
                  part,
                  sizes.get(least) == 0 ? "" : "1 to " + sizes.get(least) + ", or "));
    }
    return sizes.stream().map(size -> Math.min(size, asked)).toList();
  }

  /** F and R must have images, in every round. */
  private void forgets(Scenario scenario, List<Integer> train) {
    int all = sum(train);
    int rounds = experiment.grid().rounds();
    if (scenario instanceof Scenario.Uniform uniform) {
      uniform(uniform, all, rounds);
    } else if (scenario instanceof Scenario.Classes listed) {
      listed(listed, train, all);
    } else if (scenario instanceof Scenario.File file) {
      file(file);
    } else if (scenario instanceof Scenario.RandomClass
        && train.stream().filter(size -> size > 0).count() <= rounds) {
      add(
          scenario,
          rounds == 1
              ? "needs training images of two classes of " + dataset.id() + " at least"
              : "in %d rounds needs training images of %d classes of %s at least"
                  .formatted(rounds, rounds + 1, dataset.id()));
    }
  }

  private void uniform(Scenario.Uniform scenario, int all, int rounds) {
    int left = all;
    for (int round = 1; round <= rounds; round++) {
      int forgotten = Splitter.forgotten(scenario, left);
      if (forgotten == 0 || forgotten == left) {
        String when = rounds == 1 ? "" : " that are left in round " + round;
        String legal =
            left < 2
                ? "there must be two at least"
                : "1 to %d can be forgotten, and one image is %s percent"
                    .formatted(left - 1, 100.0 / left);
        add(
            scenario,
            "forgets %d of the %d training images of %s%s; %s"
                .formatted(forgotten, left, dataset.id(), when, legal));
        return;
      }
      left -= forgotten;
    }
  }

  /** Its numbers are those of the whole training set, whatever a seed draws of it. */
  private void file(Scenario.File scenario) {
    int all = counts.trainTotal();
    scenario.list().outside(all, dataset.id()).ifPresent(problems::add);
    if (scenario.list().size() == all) {
      add(
          scenario,
          "lists all %d training images of %s; some must be retained".formatted(all, dataset.id()));
    }
  }

  private void listed(Scenario.Classes scenario, List<Integer> train, int all) {
    int last = train.size() - 1;
    List<Integer> unknown = scenario.classes().stream().filter(c -> c > last).toList();
    if (!unknown.isEmpty()) {
      add(
          scenario,
          "names class %d, and %s has the classes 0 to %d"
              .formatted(unknown.get(0), dataset.id(), last));
      return;
    }
    int forgotten = scenario.classes().stream().mapToInt(train::get).sum();
    if (forgotten == 0 || forgotten == all) {
      add(
          scenario,
          "forgets %d of the %d training images of %s; some must be forgotten and some retained: list 1 to %d of its classes"
              .formatted(forgotten, all, dataset.id(), last));
    }
  }

  /** T and E must have images. */
  private void judges(Scenario scenario, int test) {
    Card card = experiment.repertoire().split();
    Settings split = settings(card, Optional.of(scenario));
    int unseen = Splitter.unseen(test, split);
    if (unseen == 0 || unseen == test) {
      problems.add(
          "%s.unseen-fraction is %s, which takes %d of the %d test images of %s; it must leave one at least on either side%s."
              .formatted(
                  card.block(),
                  split.text("unseen-fraction"),
                  unseen,
                  test,
                  dataset.id(),
                  test < 2
                      ? ", and for that there are too few"
                      : ": %s to below 1".formatted(1.0 / test)));
    }
  }

  private void clusters(Spec condenser, List<Integer> train) {
    Card card =
        Optional.ofNullable(experiment.repertoire().condensers().get(condenser.id())).orElseThrow();
    int k =
        experiment
            .grid()
            .settings(condenser, card, subject(Optional.empty()))
            .integer("clusters-per-class");
    int least = smallest(train);
    if (k > train.get(least)) {
      problems.add(
          "%s.clusters-per-class is %d, but class \"%s\" of %s has only %d training images here; it must be 1 to %d."
              .formatted(
                  card.block(),
                  k,
                  counts.classes().get(least),
                  dataset.id(),
                  train.get(least),
                  Math.max(1, train.get(least))));
    }
  }

  private void add(Scenario scenario, String what) {
    problems.add("scenarios: " + scenario.id() + " " + what + ".");
  }

  private Settings settings(Card card, Optional<Scenario> scenario) {
    return experiment.grid().knobs().settings(card, subject(scenario));
  }

  private Subject subject(Optional<Scenario> scenario) {
    Subject subject = Subject.of(dataset, experiment.grid().seeds().get(0));
    return scenario.map(s -> subject.in(s, 0)).orElse(subject);
  }

  private static int smallest(List<Integer> sizes) {
    return sizes.indexOf(Collections.min(sizes));
  }

  private static int sum(List<Integer> sizes) {
    return sizes.stream().mapToInt(Integer::intValue).sum();
  }
}
