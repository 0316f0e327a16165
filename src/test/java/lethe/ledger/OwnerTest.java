package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerTest {
  private final Path folder;

  OwnerTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Another process: owns the folder until it is killed. */
  static final class Other {
    private Other() {}

    public static void main(String[] args) throws Exception {
      Owner.claim(Path.of(args[0]));
      System.out.println("owned");
      System.in.read();
    }
  }

  private Process other() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertEquals("owned", out.readLine());
    return process;
  }

  @Test
  void a_second_process_is_refused_with_the_first_ones_name_until_that_dies() throws Exception {
    Process other = other();
    try {
      Owner.Refusal refusal = assertThrows(Owner.Refusal.class, () -> Owner.claim(folder));
      String sentence = String.valueOf(refusal.getMessage());
      assertTrue(sentence.contains("process " + other.pid() + " on "), sentence);
      assertEquals(Optional.of(other.pid()), Owner.alive(folder).map(Owner.Holder::pid));
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertEquals(Optional.empty(), Owner.alive(folder));
    Owner.claim(folder).close(); // the dead need no unlocking
  }

  @Test
  void a_folder_that_was_given_back_can_be_taken() throws Exception {
    Owner.claim(folder).close();
    try (Owner owner = Owner.claim(folder)) {
      assertEquals(folder, owner.folder());
      assertThrows(Owner.Refusal.class, () -> Owner.claim(folder));
    }
  }
}
