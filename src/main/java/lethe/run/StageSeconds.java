package lethe.run;

import java.util.OptionalDouble;
import java.util.function.Supplier;
import lethe.data.Checkpoint;
import lethe.net.DeviceState;
import lethe.net.Stopwatch;

/**
 * The seconds of a stage over all the pieces it was cut into. What a later piece did again, from
 * its start to the checkpoint, is overhead; so is what reads inputs and writes results.
 */
final class StageSeconds {
  private static final String METHOD = "method";
  private static final String OVERHEAD = "overhead";
  private static final String OTHERS = "others";
  private static final String SAVING = "saving";

  private final Supplier<Stopwatch> clocks;
  private final Stopwatch whole;
  private final Neighbours neighbours = Neighbours.watch();
  private Stopwatch method;
  private double methodBefore;
  private double overheadBefore;
  private double othersBefore;
  private double savingBefore;
  private double saving;

  /** Starts now. */
  StageSeconds() {
    this(Stopwatch::start);
  }

  /**
   * The same by a given time.
   *
   * @param clocks each starts when it is taken
   */
  StageSeconds(Supplier<Stopwatch> clocks) {
    this.clocks = clocks;
    this.whole = clocks.get();
    this.method = whole;
  }

  /** A clock that starts now. */
  Stopwatch clock() {
    return clocks.get();
  }

  /** Has {@code clock} measure the method from now on. */
  Stopwatch timing(Stopwatch clock) {
    method = clock;
    return clock;
  }

  /** Goes on from what {@link #checkpoint} gave in another process. */
  void goOnFrom(Checkpoint before) {
    methodBefore = before.number(METHOD);
    overheadBefore = before.number(OVERHEAD);
    othersBefore = before.number(OTHERS);
    savingBefore = before.number(SAVING);
    method.turnTo(methodBefore);
  }

  /** Seconds of the method in what {@link #checkpoint} gave. */
  static double method(Checkpoint before) {
    return before.number(METHOD);
  }

  Checkpoint checkpoint() {
    double now = method.seconds();
    return new DeviceState()
        .with(METHOD, now)
        .with(OVERHEAD, overhead(now))
        .with(OTHERS, others().orElse(0))
        .with(SAVING, saving())
        .checkpoint();
  }

  /** Seconds that {@code work}, which saves a checkpoint, takes are not the method's. */
  double saving(Runnable work) {
    double before = method.seconds();
    Stopwatch clock = clock();
    work.run();
    double took = clock.seconds();
    saving += took;
    method.turnTo(before);
    return took;
  }

  /** Seconds that went into checkpoints. */
  double saving() {
    return savingBefore + saving;
  }

  /** What other processes took meanwhile; empty where unknown. */
  OptionalDouble others() {
    OptionalDouble now = neighbours.seconds();
    return now.isPresent() ? OptionalDouble.of(othersBefore + now.getAsDouble()) : now;
  }

  /**
   * Neither the method's nor a checkpoint's.
   *
   * @param methodNow seconds of the method over all pieces
   */
  double overhead(double methodNow) {
    return overheadBefore + Math.max(0, whole.seconds() - (methodNow - methodBefore) - saving);
  }
}
