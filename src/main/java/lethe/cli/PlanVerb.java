package lethe.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import lethe.plan.Cell;
import lethe.plan.MemoryModel;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.report.Columns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code lethe plan}: what would run, what is done, what is shared. */
@Command(
    name = "plan",
    description = "What would run, what is done, what is shared; several experiments together.")
final class PlanVerb implements Callable<Integer> {
  @Mixin private Request request = new Request();

  @Option(
      names = "--explain",
      paramLabel = "KEY",
      description = "print what went into the key that begins so")
  private @Nullable String explain;

  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = Terminal.out(spec);
    List<Overview> overviews = Prospects.of(request, Terminal.err(spec));
    if (explain != null) {
      return new Explanation(overviews).print(explain, out);
    }
    for (Overview overview : overviews) {
      print(overview, out);
      out.println();
    }
    if (overviews.size() > 1) {
      together(overviews, out);
    }
    return Exit.DONE;
  }

  private static void print(Overview overview, PrintWriter out) {
    Plan plan = overview.plan();
    long uses = plan.cells().stream().mapToLong(c -> plan.stagesOf(c).size()).sum();
    out.println(
        "%s: %d cells, %d stages (%d if nothing were shared), %d finished, %d left"
            .formatted(
                overview.experiment().grid().name(),
                plan.cells().size(),
                plan.stages().size(),
                uses,
                overview.stages(Overview.Standing.FINISHED).size()
                    + overview.stages(Overview.Standing.STORED).size(),
                overview.stages(Overview.Standing.LEFT).size()
                    + overview.stages(Overview.Standing.FAILED).size()));
    out.println();
    tree(overview, out);
    out.println();
    overview.environment().dataDigests().forEach((dataset, digest) -> absent(dataset, digest, out));
    out.print(kinds(overview));
    largest(overview).ifPresent(out::println);
    out.println(DiskSpace.line(overview));
  }

  /** The engine stage that takes the most memory, and whether that is more than it may. */
  private static Optional<String> largest(Overview overview) {
    MemoryModel memory = overview.experiment().repertoire().memory();
    long allowed = overview.environment().memory();
    return overview.plan().stages().values().stream()
        .filter(stage -> stage.kind().engine())
        .max(Comparator.comparingLong(stage -> memory.peak(stage, stage.microBatch())))
        .map(
            stage -> {
              long peak = memory.peak(stage, stage.microBatch());
              String parts =
                  stage.microBatch() == 0
                      ? ""
                      : ", in passes of at most %d images".formatted(stage.microBatch());
              String sentence =
                  "Memory: at most about %s, by %s %s%s."
                      .formatted(
                          gibibytes(peak), stage.kind().id(), stage.subject().label(), parts);
              return allowed == 0 || peak <= allowed
                  ? sentence
                  : sentence
                      + " That is more than lease.memory, %s, and cannot be split: raise it, or lower the batch."
                          .formatted(gibibytes(allowed));
            });
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  private static void absent(String dataset, String digest, PrintWriter out) {
    if (digest.equals(Holdings.ABSENT)) {
      out.println(
          dataset
              + " is not there yet, or damaged (see lethe doctor): what is finished cannot be told.");
      out.println();
    }
  }

  /** Dataset, network, scenario, then a line an arm with its seeds. */
  private static void tree(Overview overview, PrintWriter out) {
    Map<List<String>, List<Cell>> arms = new LinkedHashMap<>();
    for (Cell cell : overview.plan().cells()) {
      List<String> path =
          List.of(cell.dataset().id(), cell.network().id(), cell.scenario().id(), arm(cell));
      arms.computeIfAbsent(path, p -> new ArrayList<>()).add(cell);
    }
    List<String> last = List.of("", "", "", "");
    for (Map.Entry<List<String>, List<Cell>> arm : arms.entrySet()) {
      boolean same = true;
      for (int depth = 0; depth < arm.getKey().size(); depth++) {
        same = same && arm.getKey().get(depth).equals(last.get(depth));
        if (!same) {
          String line = "  ".repeat(depth) + arm.getKey().get(depth);
          boolean leaf = depth == arm.getKey().size() - 1;
          out.println(leaf ? "%-40s %s".formatted(line, seeds(overview, arm.getValue())) : line);
        }
      }
      last = arm.getKey();
    }
  }

  /** {@code cf reduced blend 40, round 2}. */
  private static String arm(Cell cell) {
    String made = cell.condenser().map(c -> " " + c.id()).orElse("");
    String clusters = cell.imagesPerClass().map(k -> " " + k).orElse("");
    String round = cell.round() > 0 ? ", round " + (cell.round() + 1) : "";
    return cell.method() + " " + cell.recipe().id() + made + clusters + round;
  }

  private static String seeds(Overview overview, List<Cell> cells) {
    long finished = cells.stream().filter(overview::isFinished).count();
    return "%d of %d seeds finished".formatted(finished, cells.size());
  }

  private static String kinds(Overview overview) {
    Map<StageKey, Integer> users = new HashMap<>();
    for (Cell cell : overview.plan().cells()) {
      overview.plan().stagesOf(cell).forEach(k -> users.merge(k, 1, Integer::sum));
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map.Entry<StageKind, List<StageKey>> kind : Sheets.byKind(overview.plan()).entrySet()) {
      List<StageKey> keys = kind.getValue();
      rows.add(
          List.of(
              kind.getKey().id(),
              String.valueOf(keys.size()),
              String.valueOf(count(overview, keys, Overview.Standing.FINISHED)),
              String.valueOf(count(overview, keys, Overview.Standing.STORED)),
              String.valueOf(
                  count(overview, keys, Overview.Standing.LEFT)
                      + count(overview, keys, Overview.Standing.FAILED)),
              String.valueOf(keys.stream().filter(k -> users.getOrDefault(k, 0) > 1).count()),
              String.valueOf(keys.stream().mapToInt(k -> users.getOrDefault(k, 0)).sum())));
    }
    return Columns.markdown(
        List.of("stage", "in all", "finished", "in store", "left", "shared", "uses by cells"),
        rows);
  }

  private static long count(Overview overview, List<StageKey> keys, Overview.Standing standing) {
    return keys.stream().filter(k -> overview.standing(k) == standing).count();
  }

  private static void together(List<Overview> overviews, PrintWriter out) {
    Map<StageKey, Integer> files = new HashMap<>();
    Map<StageKind, Set<StageKey>> kinds = new EnumMap<>(StageKind.class);
    Set<StageKey> there = new HashSet<>();
    for (Overview overview : overviews) {
      for (Stage stage : overview.plan().stages().values()) {
        files.merge(stage.key(), 1, Integer::sum);
        kinds.computeIfAbsent(stage.kind(), k -> new HashSet<>()).add(stage.key());
        if (overview.store().exists(stage.key())) {
          there.add(stage.key());
        }
      }
    }
    long shared = files.values().stream().filter(n -> n > 1).count();
    out.println(
        "together: %d stages, %d of them in more than one experiment, %d there, %d left"
            .formatted(files.size(), shared, there.size(), files.size() - there.size()));
    out.println();
    List<List<String>> rows = new ArrayList<>();
    kinds.forEach(
        (kind, keys) -> {
          long common = keys.stream().filter(k -> files.getOrDefault(k, 0) > 1).count();
          long done = keys.stream().filter(there::contains).count();
          rows.add(
              List.of(
                  kind.id(),
                  String.valueOf(keys.size()),
                  String.valueOf(common),
                  String.valueOf(done),
                  String.valueOf(keys.size() - done)));
        });
    out.print(Columns.markdown(List.of("stage", "in all", "in several", "there", "left"), rows));
  }
}
