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
import lethe.ledger.Fault;
import lethe.ledger.Progress;
import lethe.net.Network;
import lethe.net.Networks;
import lethe.plan.Cell;
import lethe.plan.Environment;
import lethe.plan.Grid;
import lethe.plan.Machine;
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

  static TrialRun of(
      Experiment experiment,
      Plan plan,
      Progress progress,
      Environment environment,
      ArtifactStore store,
      Holdings holdings)
      throws IOException {
    Map<String, DataSource.Counts> counts = new TreeMap<>();
    for (Spec dataset : experiment.grid().datasets()) {
      counts.put(dataset.id(), holdings.source(dataset).counts().drawn(dataset.settings()));
    }
    return new TrialRun(experiment, plan, progress, environment, store, counts);
  }

  /**
   * Rehearses what was not rehearsed before, where that is worth it or asked for.
   *
   * @throws Refusal where something fails, or is stopped
   */
  void passFirst(StopSignals signals, Fittings fittings) throws IOException, InterruptedException {
    if (experiment.machine().preflight() != Machine.Preflight.ON && !isWorthIt()) {
      return;
    }
    Plan whole = Plan.of(grid(), environment, experiment.repertoire());
    Set<ArmOf> known = known();
    List<Cell> cells =
        whole.cells().stream()
            .filter(c -> !known.contains(ArmOf.of(c)) && !store.isRehearsed(whole.scoresOf(c)))
            .toList();
    if (cells.isEmpty()) {
      return;
    }
    LOG.info(
        "REHEARSE {} rows of the table in small, two steps of each loop; preflight = off begins without",
        cells.size());
    RunOutcome outcome = run(whole.only(cells), signals, fittings);
    List<RunOutcome.Failure> grave =
        outcome.failures().stream().filter(failure -> !isMetLater(failure)).toList();
    if (outcome.stopped() || outcome.obstacle().isPresent() || !grave.isEmpty()) {
      throw refusal(outcome, grave, signals.received());
    }
    if (!outcome.complete()) {
      return; // some rows lacked memory: they are rehearsed again at the next start
    }
    for (Cell cell : cells) {
      store.markRehearsed(whole.scoresOf(cell));
    }
    LOG.info("REHEARSED: all of them run");
  }

  /** Whether smaller passes will be tried when its turn comes. */
  private boolean isMetLater(RunOutcome.Failure failure) {
    return failure.fault() == Fault.MEMORY && experiment.machine().retreats();
  }

  /** Whether what is left to do takes long. */
  private boolean isWorthIt() {
    double left = 0;
    Map<Spec, Network> networks = new HashMap<>();
    for (Stage stage : plan.stages().values()) {
      boolean trains = stage.kind() == StageKind.ORIGINAL || stage.kind() == StageKind.UNLEARNED;
      if (trains && stage.settings().has("epochs") && !progress.isFinished(stage.key())) {
        Spec spec = stage.subject().network().orElseThrow();
        Network network = networks.computeIfAbsent(spec, s -> Networks.of(s, 2));
        double images = counts(stage.subject().dataset()).trainTotal();
        left += images * stage.settings().integer("epochs") * network.keptNumbers();
      }
    }
    return left > LONG;
  }

  private DataSource.Counts counts(Spec dataset) {
    return Optional.ofNullable(counts.get(dataset.id())).orElseThrow();
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

  /** Arms of which something is finished. */
  private Set<ArmOf> known() {
    Set<ArmOf> known = new HashSet<>();
    plan.cells().stream()
        .filter(cell -> progress.isFinished(plan.scoresOf(cell)))
        .forEach(cell -> known.add(ArmOf.of(cell)));
    return known;
  }

  /** Once, and again where the disk took nothing meanwhile. */
  private RunOutcome run(Plan small, StopSignals signals, Fittings fittings)
      throws InterruptedException {
    Patience patience = new Patience(fittings.pause().apply(List.of(experiment.folder())), signals);
    RunOutcome outcome = once(small, signals, fittings);
    while (experiment.machine().pauses() && patience.outlasts(outcome)) {
      outcome = once(small, signals, fittings);
    }
    return outcome;
  }

  private RunOutcome once(Plan small, StopSignals signals, Fittings fittings) {
    Path folder = experiment.folder().resolve(FOLDER);
    try {
      ArtifactStore.delete(folder); // of a rehearsal that was cut
      try {
        return run(small, folder, signals, fittings);
      } finally {
        ArtifactStore.delete(folder);
      }
    } catch (IOException e) {
      return RunOutcome.obstructed(small.stages().size(), Session.takesNothing(folder, e));
    }
  }

  private RunOutcome run(Plan small, Path folder, StopSignals signals, Fittings fittings)
      throws IOException {
    ArtifactStore own = ArtifactStore.open(folder.resolve("store"));
    Machine machine = experiment.machine();
    Workshop real =
        Workshops.open(machine, small, environment, own, new TreeMap<>(), Session.pool(machine));
    Workshop workshop = new RehearsedWorkshop(fittings.workshop().apply(small, real));
    Job job = new Job(small, environment, experiment.grid().name(), folder, own);
    Run run = new Run(job, workshop, Session.settings(machine, fittings), RunListener.NONE);
    signals.onFirst(run::requestStop);
    return run.start();
  }

  private static Refusal refusal(
      RunOutcome outcome, List<RunOutcome.Failure> grave, boolean signalled) {
    if (outcome.stopped() || signalled) {
      return new Refusal(
          Exit.STOPPED, List.of("Stopped in the rehearsal; the same command begins it again."));
    }
    if (grave.isEmpty() && outcome.obstacle().isPresent()) {
      return Refusal.environment(outcome.obstacle().get().sentence());
    }
    List<String> sentences = new ArrayList<>();
    for (RunOutcome.Failure failure : grave) {
      sentences.add(
          "In the rehearsal, %s %s %s: %s"
              .formatted(
                  failure.stage().kind().id(),
                  failure.stage().subject().label(),
                  failure.fault().verb(),
                  failure.reason()));
    }
    sentences.add("Nothing was begun: mend this, or begin all the same with preflight = off.");
    return new Refusal(outcome.obstacle().isPresent() ? Exit.ENVIRONMENT : Exit.FAILED, sentences);
  }
}
