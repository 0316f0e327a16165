package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Whatever ends a verb is one sentence on the terminal and a whole trace in the log. */
class LetheTest {
  @TempDir private Path folder = Path.of("replaced");

  /** A verb that ends badly while its log is open. */
  @Command(name = "stumble")
  private static final class Stumble implements Callable<Integer> {
    private final Path folder;
    private final boolean error;

    Stumble(Path folder, boolean error) {
      this.folder = folder;
      this.error = error;
    }

    @Override
    public Integer call() {
      LogFile.open(folder);
      if (error) {
        throw new StackOverflowError("too deep");
      }
      throw new IllegalStateException("too odd");
    }
  }

  private String stumble(boolean error) throws IOException {
    StringWriter err = new StringWriter();
    CommandLine door =
        Lethe.door(new PrintWriter(new StringWriter()), new PrintWriter(err))
            .addSubcommand(new Stumble(folder, error))
            .setErr(new PrintWriter(err)); // for the new verb too
    assertEquals(Exit.ENVIRONMENT, Lethe.execute(door, "stumble"));
    assertFalse(LogFile.current().isPresent(), "the log is closed");
    assertEquals(1, err.toString().lines().count(), err.toString());
    String log = Files.readString(folder.resolve(LogFile.NAME));
    assertTrue(log.contains("\tat " + Stumble.class.getName()), log);
    return err.toString();
  }

  @Test
  void an_unexpected_exception_leaves_its_trace_in_the_log() throws IOException {
    String sentence = stumble(false);
    assertTrue(sentence.contains("too odd"), sentence);
    assertTrue(sentence.contains(folder.resolve(LogFile.NAME) + " has more"), sentence);
  }

  @Test
  void an_error_of_the_jvm_is_a_sentence_too() throws IOException {
    String sentence = stumble(true);
    assertTrue(sentence.contains("StackOverflowError: too deep"), sentence);
  }
}
