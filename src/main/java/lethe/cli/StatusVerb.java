package lethe.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import lethe.ledger.Owner;
import lethe.ledger.Progress;
import lethe.plan.Cell;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.report.Columns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code lethe status}: how far an experiment is. */
@Command(
    name = "status",
    description =
        "How far an experiment is; works during a run, after a kill, on a read-only disk.")
final class StatusVerb implements Callable<Integer> {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  @Mixin private Request request = new Request();
  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Overview overview = Overview.of(Experiment.of(request));
    overview.damage().ifPresent(s -> Terminal.err(spec).println("lethe: " + s));
    overview.changed().forEach(s -> Terminal.err(spec).println("lethe: " + s));
    PrintWriter out = Terminal.out(spec);
    Plan plan = overview.plan();
    long cells = plan.cells().stream().filter(overview::isFinished).count();
    int stages = overview.stages(Overview.Standing.FINISHED).size();
    out.println(
        "%s: %d of %d cells finished, %d of %d stages; %s."
            .formatted(
                overview.experiment().grid().name(),
                cells,
                plan.cells().size(),
                stages,
                plan.stages().size(),
                life(overview)));
    lastWord(overview.progress()).ifPresent(out::println);
    out.println();
    out.print(kinds(overview));
    failures(overview, out);
    return Exit.DONE;
  }

  private static String life(Overview overview) {
    Optional<Owner.Holder> holder = Owner.alive(overview.experiment().folder());
    if (holder.isPresent()) {
      return "running as process %d on %s since %s"
          .formatted(holder.get().pid(), holder.get().host(), holder.get().started());
    }
    if (overview.progress().planned().isEmpty() && overview.damage().isEmpty()) {
      return "never started";
    }
    return overview.stages(Overview.Standing.FINISHED).size() == overview.plan().stages().size()
        ? "all done"
        : "not running";
  }

  private static Optional<String> lastWord(Progress progress) {
    LongStream times =
        LongStream.concat(
            progress.finished().values().stream().mapToLong(Progress.Finished::at),
            progress.failed().values().stream().mapToLong(Progress.Failed::at));
    return times.max().stream()
        .mapToObj(
            at ->
                "last event "
                    + HOUR.format(Instant.ofEpochMilli(at).atZone(ZoneId.systemDefault())))
        .findFirst();
  }

  private static String kinds(Overview overview) {
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<StageKind, List<StageKey>> kind : Sheets.byKind(overview.plan()).entrySet()) {
      List<String> row = new ArrayList<>();
      row.add(kind.getKey().id());
      row.add(String.valueOf(kind.getValue().size()));
      for (Overview.Standing standing : Overview.Standing.values()) {
        long count = kind.getValue().stream().filter(k -> overview.standing(k) == standing).count();
        row.add(count == 0 ? "" : String.valueOf(count));
      }
      rows.add(row);
    }
    return Columns.markdown(
        List.of("stage", "in all", "finished", "in store", "failed", "left"), rows);
  }

  private static void failures(Overview overview, PrintWriter out) {
    for (StageKey key : overview.stages(Overview.Standing.FAILED)) {
      overview
          .progress()
          .failedStage(key)
          .ifPresent(
              failed ->
                  out.println(
                      "failed: %s %s (%s): %s"
                          .formatted(
                              failed.stage(),
                              overview.plan().stage(key).subject().label(),
                              key.brief(),
                              failed.reason())));
    }
    List<Cell> failed =
        overview.plan().cells().stream()
            .filter(
                c ->
                    overview.plan().stagesOf(c).stream()
                        .anyMatch(k -> overview.standing(k) == Overview.Standing.FAILED))
            .toList();
    if (!failed.isEmpty()) {
      out.println(
          "%d cells wait for a failed stage; the run's command tries again."
              .formatted(failed.size()));
    }
  }
}
