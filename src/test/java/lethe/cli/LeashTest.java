package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeashTest {
  @TempDir private Path folder = Path.of("replaced");

  /** A kill test that is killed itself: starts a long run, names it, and waits. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] words) throws Exception {
      Path folder = Path.of(words[0]);
      Victim victim =
          Victim.start(
              folder.resolve("long.conf"),
              folder.resolve("results"),
              folder.resolve("log"),
              List.of());
      victim.awaitWork();
      System.out.println(victim.pid());
      victim.end();
      System.out.println("the run ended by itself: " + Files.readString(folder.resolve("log")));
    }
  }

  private Process parent() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("turns")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Parent.class.getName(), folder.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  @Test
  void a_run_on_a_leash_dies_with_the_process_that_started_it() throws Exception {
    Files.writeString(
        folder.resolve("long.conf"),
        """
        name = long
        datasets = [ { id = glyphs, train-per-class = 12, test-per-class = 12 } ]
        networks = [ { id = convnet, width = 4 } ]
        scenarios = [ uniform-10 ]
        methods = [ cf ]
        recipes = [ whole ]
        seeds = [ 1 ]
        train.epochs = 10000
        """);
    Process parent = parent();
    BufferedReader out = parent.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    assertTrue(line != null && line.matches("[0-9]+"), line);
    ProcessHandle child = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    assertTrue(child.isAlive());

    parent.toHandle().destroyForcibly(); // SIGKILL: it can say nothing to anybody

    parent.waitFor();
    child.onExit().get(5, TimeUnit.SECONDS);
    assertFalse(child.isAlive());
  }

  @Test
  void a_process_without_one_lives_on_when_its_standard_input_ends() throws Exception {
    Process free =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Lethe.class.getName(),
                "--version")
            .start();
    free.getOutputStream().close();
    assertEquals(Exit.DONE, free.waitFor());
  }
}
