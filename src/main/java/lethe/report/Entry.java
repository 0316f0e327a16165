package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lethe.plan.Cell;
import lethe.plan.StageKind;

/**
 * What a table says of one method in one arm: means over seeds, and what misleads about them.
 *
 * @param results of the seeds
 * @param trainings of the same rows, of this round and all others
 */
record Entry(List<Result> results, List<Timing> trainings) {
  private static final int FEW = 3; // the paper's repeats

  /** The trainings of all rows, by the row in its first round. */
  static Map<Cell, List<Timing>> trainings(Collection<Timing> timings) {
    return timings.stream()
        .filter(t -> t.stage() == StageKind.UNLEARNED)
        .collect(Collectors.groupingBy(t -> t.cell().inRound(0)));
  }

  static Entry of(List<Result> results, Map<Cell, List<Timing>> trainings) {
    return new Entry(
        results,
        results.stream()
            .map(r -> r.cell().inRound(0))
            .distinct()
            .flatMap(first -> trainings.getOrDefault(first, List.of()).stream())
            .toList());
  }

  /** What to say of numbers from {@code seeds} seeds. */
  static List<String> fewSeeds(int seeds) {
    return seeds < FEW
        ? List.of("few-seeds: fewer than " + FEW + ", so the intervals say little")
        : List.of();
  }

  Estimate estimate(String metric) {
    return Estimate.of(
        results.stream()
            .map(r -> r.scores().values().get(metric))
            .filter(Objects::nonNull)
            .toList());
  }

  /** Seconds of the method in this round. */
  Estimate time() {
    return Estimate.of(ofThisRound().stream().map(Timing::workSeconds).toList());
  }

  /** Seconds of the method in this round and those before it, where all are known. */
  Estimate timeSoFar() {
    List<Double> sums = new ArrayList<>();
    for (Result result : results) {
      Cell cell = result.cell();
      List<Timing> rounds =
          trainings.stream()
              .filter(t -> t.cell().round() <= cell.round())
              .filter(t -> t.cell().inRound(cell.round()).equals(cell))
              .toList();
      if (rounds.size() == cell.round() + 1) {
        sums.add(rounds.stream().mapToDouble(Timing::workSeconds).sum());
      }
    }
    return Estimate.of(sums);
  }

  private List<Timing> ofThisRound() {
    List<Cell> cells = results.stream().map(Result::cell).toList();
    return trainings.stream().filter(t -> cells.contains(t.cell())).toList();
  }

  List<String> flags(String metric) {
    Map<String, TreeSet<Long>> seeds = new TreeMap<>();
    for (Result result : results) {
      for (String flag : ScoreSheet.flagsOf(metric, result.scores().flags())) {
        seeds.computeIfAbsent(flag, f -> new TreeSet<>()).add(result.cell().seed());
      }
    }
    return notes(seeds);
  }

  List<String> timeFlags() {
    Map<String, TreeSet<Long>> seeds = new TreeMap<>();
    for (Timing timing : ofThisRound()) {
      for (String flag : timing.flags()) {
        seeds.computeIfAbsent(flag, f -> new TreeSet<>()).add(timing.cell().seed());
      }
    }
    return notes(seeds);
  }

  /** {@code swapped-attack (seed 1, 3)}, a line a flag. */
  private static List<String> notes(Map<String, TreeSet<Long>> seeds) {
    return seeds.entrySet().stream()
        .map(
            e ->
                e.getValue().stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(", ", e.getKey() + " (seed ", ")")))
        .toList();
  }
}
