package lethe.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long a user waits for the verbs that only look. */
final class StartUpBenchmark implements Benchmark {
  private static final Path HOME = Path.of("").toAbsolutePath();
  private static final Path BUILT = HOME.resolve("target/app/current");

  @Override
  public String name() {
    return "start-up";
  }

  @Override
  public String about() {
    return "Calls ./lethe as a user does.";
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    if (!Files.exists(BUILT)) {
      throw new SkippedException("the launcher is not built; ./lethe --help builds it");
    }
    String results = folder.resolve("results").toString();
    figures.add("lethe --help", "s", Figures.seconds(() -> call("--help")));
    figures.add(
        "lethe status",
        "s",
        Figures.seconds(() -> call("status", "experiments/quickstart.conf", "--results", results)));
    figures.add(
        "lethe plan",
        "s",
        Figures.seconds(() -> call("plan", "experiments/table1.conf", "--results", results)));
  }

  private static void call(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HOME.resolve("lethe").toString()));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException(command + " ended with " + exit);
    }
  }
}
