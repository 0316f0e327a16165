package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import akka.persistence.typed.EventRejectedException;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.internal.JournalFailureException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final long ROOM = 1L << 30; // bytes

  @Test
  void a_reason_is_the_first_line_of_a_message_that_goes_on_for_pages() {
    String message =
        "\n  CUDA out of memory. Tried to allocate 2 GiB\nException raised from malloc\n";
    assertEquals(
        "CUDA out of memory. Tried to allocate 2 GiB", Bench.reason(new IOException(message)));
  }

  @Test
  void a_reason_is_no_longer_than_a_line_or_two() {
    String reason = Bench.reason(new IOException("x".repeat(5000)));
    assertEquals("x".repeat(300) + " ...", reason);
  }

  @Test
  void an_exception_without_a_message_is_told_by_its_name() {
    assertEquals("IOException", Bench.reason(new IOException()));
    assertEquals("IOException", Bench.reason(new IOException("\n \n")));
  }

  @Test
  void a_journal_that_fails_is_told_from_a_mistake_of_the_supervisor() {
    IOException full = new IOException("no space left");
    assertEquals(
        "The journal cannot be used: no space left",
        sentence(new JournalFailureException("failed", full), ROOM));
    assertTrue(
        sentence(new EventRejectedException(PersistenceId.ofUniqueId("sketch"), 1, full), ROOM)
            .startsWith("The run broke, by a mistake in Lethe itself"),
        "what cannot be written down now never can");
    assertEquals(
        "The run broke, by a mistake in Lethe itself: IllegalStateException: no rule; the log has"
            + " the rest.",
        sentence(new IllegalStateException("no rule"), 0));
  }

  @Test
  void a_journal_that_fails_on_a_full_disk_says_so() {
    assertEquals(
        "The journal cannot be written: its disk is full (4096 bytes free); make room, then go on"
            + " with the same command.",
        sentence(new JournalFailureException("failed", new IOException("error")), 4096));
  }

  private static String sentence(Throwable fault, long free) {
    return Guardian.obstacle(fault, free).sentence();
  }
}
