package lethe.net;

import java.util.function.LongSupplier;

/** The one clock of the engine's rooms. With a session it waits for the device on both ends. */
public final class Stopwatch {
  private final Runnable sync;
  private final LongSupplier nanos;
  private long start;
  private double before; // seconds that count although they passed before the start

  private Stopwatch(Runnable sync, LongSupplier nanos) {
    this.sync = sync;
    this.nanos = nanos;
    sync.run();
    this.start = nanos.getAsLong();
  }

  /** Starts once the device is idle. */
  public static Stopwatch start(EngineSession session) {
    return new Stopwatch(session::sync, System::nanoTime);
  }

  /** Starts now: for work without the engine. */
  public static Stopwatch start() {
    return start(System::nanoTime);
  }

  /**
   * The same by a given time.
   *
   * @param nanos nanoseconds since some moment
   */
  public static Stopwatch start(LongSupplier nanos) {
    return new Stopwatch(() -> {}, nanos);
  }

  /** Seconds since the start, once the device has done what it was given. */
  public double seconds() {
    sync.run();
    return before + (nanos.getAsLong() - start) * 1e-9;
  }

  /** Goes on from {@code seconds}, whatever it showed. */
  public void turnTo(double seconds) {
    sync.run();
    before = seconds;
    start = nanos.getAsLong();
  }
}
