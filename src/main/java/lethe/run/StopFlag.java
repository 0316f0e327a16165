package lethe.run;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A wish to stop, seen by every thread at once: work inside a stage reads no messages. */
final class StopFlag {
  private static final long PATIENCE_NANOS = 3_000_000_000L; // half of what a run waits for

  private final AtomicReference<@Nullable Long> raised = new AtomicReference<>(); // in nanoseconds

  void raise() {
    raised.compareAndSet(null, System.nanoTime());
  }

  boolean isRaised() {
    return raised.get() != null;
  }

  /** Whether it was raised so long ago that not even a step may be finished. */
  boolean isOverdue() {
    Long since = raised.get();
    return since != null && System.nanoTime() - since > PATIENCE_NANOS;
  }
}
