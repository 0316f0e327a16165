package lethe.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lethe.ledger.ArtifactStore;

/** Does one benchmark, in a JVM of its own: the door that {@link Measure} knocks at. */
public final class Attempt {
  /** Results between processes, and on the disk. */
  static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

  private Attempt() {}

  /**
   * @param args the benchmark's name, a folder to work in, a file for the result
   */
  public static void main(String[] args) throws Exception {
    Benchmark benchmark = Catalogue.of(args[0]).orElseThrow();
    JSON.writeValue(Path.of(args[2]).toFile(), result(benchmark, Path.of(args[1])));
    System.exit(0); // whatever threads a benchmark has left
  }

  private static Result result(Benchmark benchmark, Path folder) throws Exception {
    Effort effort = benchmark.effort();
    Figures figures = new Figures();
    Bystanders bystanders = Bystanders.now();
    Optional<String> fault = Optional.empty();
    try {
      for (int i = 0; i < effort.warmUps(); i++) {
        once(benchmark, folder, new Figures());
      }
      for (int i = 0; i < effort.repetitions(); i++) {
        once(benchmark, folder, figures);
      }
    } catch (SkippedException e) {
      fault = Optional.of("skipped: " + e.getMessage());
    } catch (OutOfMemoryError e) {
      fault = Optional.of("did not fit into " + effort.heap() + " of memory");
    }
    List<Series> series = fault.isPresent() ? List.of() : figures.all();
    return new Result(
        benchmark.name(), benchmark.about(), effort, bystanders.percent(), fault, series);
  }

  private static void once(Benchmark benchmark, Path folder, Figures figures) throws Exception {
    ArtifactStore.delete(folder);
    Files.createDirectories(folder);
    try {
      benchmark.run(folder, figures);
    } finally {
      ArtifactStore.delete(folder);
    }
  }
}
