package lethe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import lethe.data.source.Fetch;
import lethe.ledger.ArtifactStore;
import lethe.ledger.JournalFile;
import lethe.ledger.Manifest;
import lethe.ledger.Owner;
import lethe.ledger.Progress;
import lethe.ledger.StoreUse;
import lethe.plan.Environment;
import lethe.plan.Machine;
import lethe.plan.Only;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import lethe.plan.Subject;
import lethe.report.WholeFile;
import lethe.run.RunOutcome;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code lethe run}: starts or resumes an experiment; the same command both times. */
@Command(
    name = "run",
    description = "Starts or resumes an experiment; the same command both times.")
final class RunVerb implements Callable<Integer> {
  private static final String ONLY = "--only";

  private final Fittings fittings;

  @Mixin private Request request = new Request();

  @Option(
      names = ONLY,
      paramLabel = "AXIS=VALUE,...",
      description = "only these cells of the grid and what they need, such as method=cf,seed=2")
  private String only = "";

  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  RunVerb() {
    this(Fittings.USUAL);
  }

  RunVerb(Fittings fittings) {
    this.fittings = fittings;
  }

  @Override
  public Integer call() throws Exception {
    StopSignals signals = StopSignals.listen();
    Experiment experiment = Experiment.of(request);
    try (Owner owner = claim(experiment.folder())) {
      LogFile.open(owner.folder());
      Progress progress = progress(experiment);
      ArtifactStore store = store(experiment);
      try (StoreUse use = use(experiment, store)) {
        return run(experiment, progress, store, signals);
      }
    }
  }

  private static StoreUse use(Experiment experiment, ArtifactStore store) {
    try {
      return StoreUse.by(experiment.folder(), store.root());
    } catch (StoreUse.Refusal e) {
      throw Refusal.environment(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw unwritable(store.root(), e);
    }
  }

  private static Refusal unwritable(Path store, IOException e) {
    return Refusal.environment(
        "The store of artifacts %s cannot be written (%s): mend that, or set \"store\" in application.conf."
            .formatted(store, Mishap.reason(e)));
  }

  private int run(
      Experiment experiment, Progress progress, ArtifactStore store, StopSignals signals)
      throws IOException, InterruptedException {
    Holdings holdings = Holdings.of(experiment);
    if (experiment.machine().fetch()) {
      holdings.complete(new Fetch());
    }
    Environment environment = Surroundings.now(experiment, holdings, progress);
    Suitability.check(experiment, holdings);
    Suitability.notes(experiment, environment)
        .forEach(sentence -> Terminal.err(spec).println("lethe: " + sentence));
    Plan plan = Plan.of(experiment.grid(), environment, experiment.repertoire());
    WholeFile.write(experiment.folder().resolve(Sheets.EXPERIMENT), experiment.grid().render());
    if (allDone(plan, progress, key -> store.whole(key).map(Manifest::digest))) {
      Terminal.out(spec)
          .println(
              "All %d stages are done and their artifacts sound.".formatted(plan.stages().size()));
      return end(experiment, plan, store);
    }
    Plan part = part(plan);
    if (experiment.machine().preflight() != Machine.Preflight.OFF) {
      DiskSpace.of(part, experiment.grid().datasets(), holdings, store).require();
      TrialRun.of(experiment, part, progress, environment, store, holdings)
          .passFirst(signals, fittings);
    }
    LongRun.End end =
        new LongRun(experiment, store, command(), this::part, fittings).run(environment, signals);
    return verdict(end, signals.received(), experiment, store);
  }

  private Plan part(Plan plan) {
    try {
      return only.isEmpty() ? plan : Only.of(only).of(plan);
    } catch (IllegalArgumentException e) {
      throw Refusal.usage(String.valueOf(e.getMessage()));
    }
  }

  private static Owner claim(Path folder) {
    try {
      return Owner.claim(folder);
    } catch (Owner.Refusal e) {
      throw Refusal.environment(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw Refusal.environment(
          "The results folder %s cannot be written (%s): mend that, or name another with --results."
              .formatted(folder, Mishap.reason(e)));
    }
  }

  private static ArtifactStore store(Experiment experiment) {
    Path root = experiment.machine().storeDir();
    try {
      ArtifactStore store = ArtifactStore.open(root, Crash.asked());
      if (!Files.isWritable(root)) {
        throw new IOException("not writable");
      }
      return store;
    } catch (IOException e) {
      throw unwritable(root, e);
    }
  }

  /** What the journal says; a damaged one is moved aside, for its results are in the store. */
  private Progress progress(Experiment experiment) throws IOException {
    JournalFile.Reading reading = JournalFile.read(experiment.folder(), experiment.grid().name());
    if (reading instanceof JournalFile.Foreign foreign) {
      throw Refusal.usage(foreign.sentence());
    }
    if (reading instanceof JournalFile.Unreadable unreadable) {
      throw Refusal.environment(unreadable.sentence());
    }
    if (reading instanceof JournalFile.Damaged damaged) {
      Path aside = JournalFile.setAside(experiment.folder());
      Terminal.err(spec)
          .println(
              "lethe: %s It is kept in %s; what is in the store is taken from there."
                  .formatted(damaged.sentence(), aside));
      return Progress.NONE;
    }
    return reading instanceof JournalFile.Events events ? events.progress() : Progress.NONE;
  }

  /**
   * Every stage is in the journal, and every artifact is what the journal says. Where work is left
   * nothing is hashed: the run itself looks at what it takes.
   *
   * @param digestOf digest of the artifact of a stage, by its bytes; empty where it is not sound
   */
  static boolean allDone(
      Plan plan, Progress progress, Function<StageKey, Optional<String>> digestOf) {
    Set<StageKey> keys = plan.stages().keySet();
    return progress.planned().filter(p -> p.planDigest().equals(plan.digest())).isPresent()
        && keys.stream().allMatch(progress::isFinished)
        && keys.stream()
            .allMatch(
                key ->
                    digestOf
                        .apply(key)
                        .equals(progress.finishedStage(key).map(Progress.Finished::digest)));
  }

  private int verdict(
      LongRun.End end, boolean signalled, Experiment experiment, ArtifactStore store)
      throws IOException {
    RunOutcome outcome = end.outcome();
    Plan plan = end.plan();
    PrintWriter err = Terminal.err(spec);
    if (outcome.complete()) {
      return end(experiment, plan, store);
    }
    if (outcome.obstacle().isEmpty()) {
      write(experiment, plan, store);
    }
    for (RunOutcome.Failure failure : outcome.failures()) {
      err.println(
          "lethe: %s %s (%s) %s: %s"
              .formatted(
                  failure.stage().kind().id(),
                  failure.stage().subject().label(),
                  failure.key().brief(),
                  failure.fault().verb(),
                  failure.reason()));
      err.println("       it alone: " + ShellWords.line(alone(failure.stage().subject())));
    }
    for (RunOutcome.LeftOut family : outcome.families()) {
      err.println(
          "lethe: %s failed alike three times; %d stages were left out for it: %s"
              .formatted(family.family(), family.stages(), family.reason()));
    }
    if (outcome.obstacle().isPresent()) {
      err.println("lethe: " + outcome.obstacle().get().sentence());
      if (outcome.performed() > 0) { // else the tables of before say more
        writeIfThereIsRoom(experiment, plan, store);
      }
      return signalled ? Exit.STOPPED : Exit.ENVIRONMENT;
    }
    String again = "%d of %d stages are finished; go on with: %s";
    err.println(
        "lethe: "
            + again.formatted(outcome.finished(), outcome.stages(), ShellWords.line(command())));
    return outcome.stopped() ? Exit.STOPPED : Exit.FAILED;
  }

  private void writeIfThereIsRoom(Experiment experiment, Plan plan, ArtifactStore store) {
    try {
      write(experiment, plan, store);
    } catch (IOException e) { // as on a full disk; the next run writes them
      Terminal.err(spec).println("lethe: The tables could not be written: " + e.getMessage());
    }
  }

  private int end(Experiment experiment, Plan plan, ArtifactStore store) throws IOException {
    PrintWriter out = Terminal.out(spec);
    out.println();
    out.print(write(experiment, plan, store));
    out.println();
    out.println("Files: " + experiment.folder() + " (scores.csv, timings.csv, table.md, ...)");
    return Exit.DONE;
  }

  private static String write(Experiment experiment, Plan plan, ArtifactStore store)
      throws IOException {
    JournalFile.Reading reading = JournalFile.read(experiment.folder(), experiment.grid().name());
    Progress progress =
        reading instanceof JournalFile.Events events ? events.progress() : Progress.NONE;
    return new Sheets(experiment, plan, progress, store).write();
  }

  /** The command that does no more than what a subject needs. */
  private List<String> alone(Subject subject) {
    List<String> command = new ArrayList<>(command());
    command.removeIf(word -> word.startsWith(ONLY + "="));
    int old = command.indexOf(ONLY);
    if (old >= 0) {
      command.subList(old, Math.min(command.size(), old + 2)).clear();
    }
    command.addAll(List.of(ONLY, Only.of(subject)));
    return command;
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of(Home.command()));
    if (spec != null) {
      command.addAll(spec.commandLine().getParseResult().originalArgs());
    }
    return command;
  }
}
