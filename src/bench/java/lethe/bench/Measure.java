package lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Does benchmarks, each in a JVM of its own, and prints a table of what came out; the same numbers,
 * and every single one, go to {@code figures.json}.
 */
public final class Measure {
  /** What {@code ./lethe} sets for the engine: threads that wait sleep, freed memory is kept. */
  private static final Map<String, String> LIKE_THE_LAUNCHER =
      Map.of(
          "OMP_WAIT_POLICY", "PASSIVE",
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "8589934592",
          "MALLOC_TOP_PAD_", "268435456",
          "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

  private Measure() {}

  /**
   * @param args a folder to work in, then names of benchmarks between blanks or commas; all of them
   *     where there is none
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    List<Benchmark> chosen;
    try {
      chosen = chosen(args.length < 2 ? "" : args[1]);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    Files.createDirectories(folder);
    List<Result> results = new ArrayList<>();
    for (Benchmark benchmark : chosen) {
      System.err.println(benchmark.name() + " ...");
      results.add(attempt(benchmark, folder));
    }
    Table table = new Table(Machine.here(), results);
    System.out.print(table.markdown());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("machine", Machine.here());
    all.put("results", results);
    Path file = folder.resolve("figures.json");
    Attempt.JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    System.err.println("Every single number is in " + file);
  }

  private static List<Benchmark> chosen(String names) {
    List<Benchmark> chosen = new ArrayList<>();
    for (String name : names.strip().split("[\\s,]+")) {
      if (!name.isEmpty()) {
        chosen.add(Catalogue.of(name).orElseThrow(() -> unknown(name)));
      }
    }
    return chosen.isEmpty() ? Catalogue.ALL : chosen;
  }

  private static IllegalArgumentException unknown(String name) {
    String known = Catalogue.ALL.stream().map(Benchmark::name).collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "There is no benchmark \"%s\"; there are %s.".formatted(name, known));
  }

  private static Result attempt(Benchmark benchmark, Path folder)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, benchmark.name(), ".json");
    ProcessBuilder command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + benchmark.effort().heap(),
                "-XX:+UseSerialGC", // this and the next as the launcher does
                "-Dai.djl.pytorch.graph_optimizer=false",
                "-Dbench.python=" + System.getProperty("bench.python", ""),
                "-Dbench.device=" + System.getProperty("bench.device", "cpu"),
                "-classpath",
                System.getProperty("java.class.path"),
                Attempt.class.getName(),
                benchmark.name(),
                folder.resolve("work-" + benchmark.name()).toString(),
                file.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    LIKE_THE_LAUNCHER.forEach(command.environment()::putIfAbsent);
    Process child = command.start();
    int exit = child.waitFor();
    try {
      return exit == 0
          ? Attempt.JSON.readValue(file.toFile(), Result.class)
          : new Result(
              benchmark.name(),
              benchmark.about(),
              benchmark.effort(),
              Optional.empty(),
              Optional.of("broke; its process ended with " + exit),
              List.of());
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
