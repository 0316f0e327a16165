package lethe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.data.Checkpoint;
import lethe.data.DataException;

/** Where a {@link KillTest} hit, and what that cost. */
final class KillToll {
  private static final Set<String> LOOPS = Set.of("original", "prototypes", "unlearned");
  private static final List<String> CURSORS = List.of("/done", "/next", "/terms"); // of loops
  private static final int WIDEST = 40; // hashes of a bar

  private final String experiment;
  private final SortedMap<String, List<Integer>> hits = new TreeMap<>(); // steps by place
  private final List<Double> lost = new ArrayList<>();
  private final List<Double> restarts = new ArrayList<>();
  private final List<Double> stops = new ArrayList<>();
  private int inLoops;
  private int all;

  /**
   * @param experiment its name
   */
  KillToll(String experiment) {
    this.experiment = experiment;
  }

  /** A run needed so many seconds to its first stage. */
  void restarted(double seconds) {
    restarts.add(seconds);
  }

  /** A run needed so many seconds to an orderly stop. */
  void stopped(double seconds) {
    stops.add(seconds);
  }

  /** A run was ended at what it was at. */
  void hit(Victim victim, Path results) throws IOException {
    Optional<Map.Entry<String, String>> stage = victim.running().entrySet().stream().findFirst();
    String place = stage.map(s -> place(s.getValue())).orElse("between stages");
    all++;
    inLoops += LOOPS.contains(place.split(" ")[0]) ? 1 : 0;
    List<Integer> steps = hits.computeIfAbsent(place, p -> new ArrayList<>());
    steps.add(stage.isPresent() ? step(results, stage.get().getKey()) : 0);
  }

  /** {@code unlearned glyphs/.../a-cf/seed-1} is {@code unlearned a-cf}. */
  private static String place(String stage) {
    String kind = stage.split(" ")[0];
    String[] label = stage.split("/");
    boolean told = kind.equals("unlearned") || kind.equals("prototypes");
    return told ? kind + " " + label[label.length - 2] : kind;
  }

  /** The step of the newest checkpoint of a stage; 0 where there is none. */
  private static int step(Path results, String key) throws IOException {
    Path checkpoints = results.resolve("store/checkpoints");
    int step = 0;
    for (Path folder : list(checkpoints)) {
      if (folder.getFileName().toString().startsWith(key)) {
        Optional<Path> newest =
            list(folder).stream()
                .filter(f -> f.toString().endsWith(".safetensors"))
                .max(Comparator.naturalOrder());
        step = newest.isPresent() ? step(newest.get()) : 0;
      }
    }
    return step;
  }

  private static int step(Path checkpoint) throws IOException {
    try {
      return Checkpoint.read(checkpoint).numbers().entrySet().stream()
          .filter(n -> CURSORS.stream().anyMatch(n.getKey()::endsWith))
          .mapToInt(n -> n.getValue().intValue())
          .max()
          .orElse(0);
    } catch (DataException e) {
      return 0; // torn: the one before it will be taken
    }
  }

  /** A run was killed, and what it did since it last saved something is lost. */
  void lost(Victim victim, Path results, long now) throws IOException {
    long saved = now - Math.round(victim.secondsAtWork() * 1e3);
    List<Path> files = new ArrayList<>(list(results.resolve(experiment)));
    for (Path folder : list(results.resolve("store/checkpoints"))) {
      files.addAll(list(folder));
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.startsWith("journal") || name.endsWith(".safetensors")) {
        saved = Math.max(saved, Files.getLastModifiedTime(file).toMillis());
      }
    }
    lost.add(Math.max(0, now - saved) * 1e-3);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  void print(PrintWriter out) {
    out.println("Where the ends came (stage at work, how often, step of its newest checkpoint):");
    hits.forEach(
        (place, steps) ->
            out.println(
                "  %-30s %4d %-40s %s"
                    .formatted(
                        place,
                        steps.size(),
                        "#".repeat(Math.min(WIDEST, steps.size())),
                        range(steps))));
    out.println(
        String.format(
            Locale.ROOT,
            "In loops of the engine: %d of %d (%.0f%%).",
            inLoops,
            all,
            100.0 * inLoops / Math.max(1, all)));
    out.println("Seconds of work lost by a SIGKILL: " + spread(lost));
    out.println("Seconds from start to the first stage: " + spread(restarts));
    out.println("Seconds from SIGTERM to the end: " + spread(stops));
  }

  private static String range(List<Integer> steps) {
    int most = Collections.max(steps);
    return most == 0 ? "" : "steps %d to %d".formatted(Collections.min(steps), most);
  }

  private static String spread(List<Double> seconds) {
    if (seconds.isEmpty()) {
      return "none";
    }
    List<Double> sorted = seconds.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "median %.2f, worst %.2f (n = %d)",
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1),
        sorted.size());
  }
}
