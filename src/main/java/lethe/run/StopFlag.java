package lethe.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** A wish to stop, seen by every thread at once: work inside a stage reads no messages. */
final class StopFlag {
  private final AtomicBoolean raised = new AtomicBoolean();

  void raise() {
    raised.set(true);
  }

  boolean isRaised() {
    return raised.get();
  }
}
