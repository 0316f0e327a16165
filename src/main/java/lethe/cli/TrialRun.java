package lethe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lethe.data.source.DataSource;
import lethe.ledger.ArtifactStore;
import lethe.ledger.Progress;
import lethe.net.Network;
import lethe.net.Networks;
import lethe.plan.Cell;
import lethe.plan.Environment;
import lethe.plan.Grid;
import lethe.plan.Plan;
import lethe.plan.Rehearsal;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.run.Job;
import lethe.run.RehearsedWorkshop;
import lethe.run.Run;
import lethe.run.RunListener;
import lethe.run.RunOutcome;
import lethe.run.Workshop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Before a long grid: its {@link Rehearsal}, in a folder of its own that goes when it is over. An
 * arm that was rehearsed once, or of which a cell is finished, is not rehearsed again.
 */
record TrialRun(
    Experiment experiment,
    Plan plan,
    Progress progress,
    Environment environment,
    ArtifactStore store,
    Map<String, DataSource.Counts> counts) {
  private static final Logger LOG = LoggerFactory.getLogger(TrialRun.class);
  private static final String FOLDER = "rehearsal";
  private static final double LONG = 1e12; // numbers kept for backward: half an hour of two cores

  /** Enough for whole steps of accelerated methods: on a card, memory is what is most in doubt. */
  private static final Few ON_CARD = new Few(256, 368);

  private static final Few ON_CPU = new Few(32, 48); // for evaluation takes long there

  /** Images of a class. */
  private record Few(int train, int test) {}

  /** What an arm is, whatever its seed and scenario. */
  private record ArmOf(
      String dataset, Spec network, String method, String recipe, Optional<String> condenser) {
    static ArmOf of(Cell cell) {
      return new ArmOf(
          cell.dataset().id(),
          cell.network(),
          cell.method(),
          cell.recipe().id(),
          cell.condenser().map(Spec::id));
    }
  }

  /** Whether what is left to do is worth a rehearsal. */
  boolean isWorthIt() {
    double left = 0;
    Map<Spec, Network> networks = new HashMap<>();
    for (Stage stage : plan.stages().values()) {
      boolean trains = stage.kind() == StageKind.ORIGINAL || stage.kind() == StageKind.UNLEARNED;
      if (trains && stage.settings().has("epochs") && !progress.isFinished(stage.key())) {
        Spec spec = stage.subject().network().orElseThrow();
        Network network = networks.computeIfAbsent(spec, s -> Networks.of(s, 2));
        double images = images(stage.subject().dataset());
        left += images * stage.settings().integer("epochs") * network.keptNumbers();
      }
    }
    return left > LONG;
  }

  private long images(Spec dataset) {
    int most = dataset.settings().integer("train-per-class");
    return counts(dataset).train().stream().mapToLong(n -> most == 0 ? n : Math.min(n, most)).sum();
  }

  private DataSource.Counts counts(Spec dataset) {
    return Optional.ofNullable(counts.get(dataset.id())).orElseThrow();
  }

  /**
   * Rehearses what was not rehearsed before.
   *
   * @return how that ended; empty where there was nothing to rehearse
   */
  Optional<RunOutcome> run(StopSignals signals) throws IOException {
    Plan whole = Plan.of(grid(), environment, experiment.repertoire());
    List<Cell> cells = whole.cells().stream().filter(cell -> isNew(whole, cell)).toList();
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    LOG.info(
        "REHEARSE {} rows of the table in small, two steps of each loop (preflight = off leaves that out)",
        cells.size());
    RunOutcome outcome = run(whole.only(cells), signals);
    if (outcome.complete()) {
      for (Cell cell : cells) {
        store.markRehearsed(whole.scoresOf(cell));
      }
      LOG.info("REHEARSED: all of them run.");
    }
    return Optional.of(outcome);
  }

  private Grid grid() {
    Few few = environment.deviceClass().startsWith("cuda") ? ON_CARD : ON_CPU;
    Map<String, Integer> train = new TreeMap<>();
    Map<String, Integer> test = new TreeMap<>();
    for (Spec dataset : experiment.grid().datasets()) {
      train.put(dataset.id(), least(counts(dataset).train(), few.train()));
      test.put(dataset.id(), least(counts(dataset).test(), few.test()));
    }
    return Rehearsal.of(experiment.grid(), experiment.repertoire(), train, test);
  }

  private static int least(List<Integer> sizes, int most) {
    return Math.min(most, Collections.min(sizes));
  }

  private boolean isNew(Plan whole, Cell cell) {
    return !isKnown().contains(ArmOf.of(cell)) && !store.isRehearsed(whole.scoresOf(cell));
  }

  /** Arms of which something is finished. */
  private Set<ArmOf> isKnown() {
    Set<ArmOf> known = new HashSet<>();
    plan.cells().stream()
        .filter(cell -> progress.isFinished(plan.scoresOf(cell)))
        .forEach(cell -> known.add(ArmOf.of(cell)));
    return known;
  }

  private RunOutcome run(Plan small, StopSignals signals) throws IOException {
    Path folder = experiment.folder().resolve(FOLDER);
    ArtifactStore.delete(folder); // of a rehearsal that was cut
    try {
      ArtifactStore own = ArtifactStore.open(folder.resolve("store"));
      Workshop workshop =
          new RehearsedWorkshop(
              Workshops.open(
                  experiment.machine(),
                  small,
                  environment,
                  own,
                  new TreeMap<>(),
                  Session.pool(experiment.machine())));
      Job job = new Job(small, environment, experiment.grid().name(), folder, own);
      Run run = new Run(job, workshop, Session.settings(experiment.machine()), RunListener.NONE);
      signals.onFirst(run::requestStop);
      return run.start();
    } finally {
      ArtifactStore.delete(folder);
    }
  }

  /** A sentence for each thing that failed. */
  static List<String> sentences(RunOutcome outcome) {
    List<String> sentences = new ArrayList<>();
    for (RunOutcome.Failure failure : outcome.failures()) {
      sentences.add(
          "In the rehearsal, %s %s %s: %s"
              .formatted(
                  failure.stage().kind().id(),
                  failure.stage().subject().label(),
                  failure.fault().verb(),
                  failure.reason()));
    }
    return sentences;
  }
}
