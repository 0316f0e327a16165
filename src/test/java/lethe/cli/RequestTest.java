package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which word is a file, and which a setting. */
class RequestTest {
  @TempDir private Path folder = Path.of("replaced");

  private static final String TEXT =
      """
      name = x
      datasets = [ glyphs ]
      networks = [ convnet ]
      scenarios = [ random-class ]
      methods = [ cf ]
      recipes = [ whole ]
      """;

  private Door.Answer plan(String file, String... words) throws IOException {
    Path written = Files.writeString(folder.resolve(file), TEXT);
    String[] all = new String[words.length + 4];
    System.arraycopy(words, 0, all, 4, words.length);
    all[0] = "status";
    all[1] = written.toString();
    all[2] = "--results";
    all[3] = folder.resolve("results").toString();
    return Door.call(all);
  }

  @Test
  void a_word_with_an_equals_sign_is_a_setting() throws IOException {
    Door.Answer answer = plan("x.conf", "train_per_class=3");
    assertEquals(Exit.USAGE, answer.exit());
    assertTrue(answer.err().contains("Unknown setting train_per_class"), answer.err());
    assertFalse(answer.err().contains("One experiment"), answer.err());
  }

  @Test
  void a_file_may_have_an_equals_sign_in_its_name() throws IOException {
    assertEquals(Exit.DONE, plan("a=b.conf").exit());
  }

  @Test
  void a_word_that_is_neither_is_named() throws IOException {
    Door.Answer answer = plan("x.conf", "seeds");
    assertEquals(Exit.USAGE, answer.exit());
    assertTrue(answer.err().contains("There is no file seeds"), answer.err());
  }
}
