package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnstileTest {
  @Test
  void two_who_want_a_device_alternate(@TempDir Path folder) throws IOException {
    try (Turnstile a = Turnstile.in(folder, "cuda:0");
        Turnstile b = Turnstile.in(folder, "cuda:0")) {
      assertTrue(a.tryAcquire());
      assertFalse(b.tryAcquire()); // b holds the gate now
      List<String> turns = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        a.release();
        assertFalse(a.tryAcquire(), "b was waiting, so a must let it pass");
        assertTrue(b.tryAcquire());
        turns.add("b");
        assertFalse(a.tryAcquire());
        b.release();
        assertFalse(b.tryAcquire());
        assertTrue(a.tryAcquire());
        turns.add("a");
        assertFalse(b.tryAcquire());
      }
      assertEquals(List.of("b", "a", "b", "a", "b", "a"), turns);
    }
  }

  @Test
  void who_waits_can_tell_who_has_the_device(@TempDir Path folder) throws IOException {
    try (Turnstile a = Turnstile.in(folder, "cpu");
        Turnstile b = Turnstile.in(folder, "cpu")) {
      assertTrue(b.holder().isEmpty(), "nobody had it yet");
      assertTrue(a.tryAcquire());
      assertFalse(b.tryAcquire());
      assertEquals(Optional.of(ProcessHandle.current().pid()), b.holder());
    }
  }

  @Test
  void who_withdraws_lets_others_pass(@TempDir Path folder) throws IOException {
    try (Turnstile a = Turnstile.in(folder, "cpu");
        Turnstile b = Turnstile.in(folder, "cpu")) {
      assertTrue(a.tryAcquire());
      assertFalse(b.tryAcquire());
      b.withdraw();
      a.release();
      assertTrue(a.tryAcquire());
    }
  }

  @Test
  void devices_do_not_wait_for_each_other(@TempDir Path folder) throws IOException {
    try (Turnstile a = Turnstile.in(folder, "cuda:0");
        Turnstile b = Turnstile.in(folder, "cuda:1")) {
      assertTrue(a.tryAcquire());
      assertTrue(b.tryAcquire());
    }
  }
}
