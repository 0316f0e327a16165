package lethe.net;

/** The one clock of the engine's rooms. With a session it waits for the device on both ends. */
public final class Stopwatch {
  private final Runnable sync;
  private long start;
  private double before; // seconds that count although they passed before the start

  private Stopwatch(Runnable sync) {
    this.sync = sync;
    sync.run();
    this.start = System.nanoTime();
  }

  /** Starts once the device is idle. */
  public static Stopwatch start(EngineSession session) {
    return new Stopwatch(session::sync);
  }

  /** Starts now: for work without the engine. */
  public static Stopwatch start() {
    return new Stopwatch(() -> {});
  }

  /** Seconds since the start, once the device has done what it was given. */
  public double seconds() {
    sync.run();
    return before + (System.nanoTime() - start) * 1e-9;
  }

  /** Goes on from {@code seconds}, whatever it showed. */
  public void turnTo(double seconds) {
    sync.run();
    before = seconds;
    start = System.nanoTime();
  }
}
