package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClaimsVerbTest {
  @Test
  void a_control_that_holds_is_an_error() {
    StringWriter said = new StringWriter();
    PrintWriter err = new PrintWriter(said, true);
    assertEquals(Exit.DONE, ClaimsVerb.exit(List.of(), err));
    assertEquals("", said.toString());
    assertEquals(Exit.FAILED, ClaimsVerb.exit(List.of("not-so (here)"), err));
    assertEquals(
        "lethe: What is known to be false holds here: not-so (here). Do not trust these results.",
        said.toString().strip());
  }

  @Test
  void its_help_says_so() {
    assertTrue(Door.call("claims", "--help").out().contains("Exit code 1: one of them holds"));
  }
}
