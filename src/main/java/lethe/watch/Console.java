package lethe.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import lethe.ledger.Fault;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.report.Timing;
import lethe.run.RunListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run on a terminal or in a log: plain lines. One when a stage starts, one when it ends, and
 * every few seconds one about the stage that is at work.
 */
public final class Console implements RunListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Console.class);
  private static final long QUIET_MILLIS = 5_000; // between two lines of progress of a stage
  private static final double MILLIS = 1_000.0;
  private static final String WAIT = Timing.WAIT;

  private final LongSupplier clock;

  /** When a stage first told how far it is: before, it may have waited for the device. */
  private final Map<StageKey, Begin> atWorkSince = new HashMap<>();

  private final Map<StageKey, Long> spokenAt = new HashMap<>();
  private final EngineUse engine = new EngineUse();
  private int total;
  private int done;

  /** Steps that a stage had behind it at a moment: more than one where it goes on. */
  private record Begin(long at, long steps) {}

  /**
   * @param clock milliseconds since any moment
   */
  public Console(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void planned(int stages, int finished) {
    total = stages;
    done = finished;
    LOG.info("{} stages: {} stand, {} to do", stages, finished, stages - finished);
  }

  @Override
  public synchronized void started(StageKey key, Stage stage) {
    LOG.info("start  {}", name(key, stage));
    if (stage.kind().engine()) {
      engine.started(key, seconds());
    }
  }

  @Override
  public synchronized void waiting(StageKey key, Stage stage, Optional<Long> process) {
    String who = process.map(pid -> "process " + pid).orElse("another process");
    LOG.info("wait   {}: {} has the device", name(key, stage), who);
  }

  @Override
  public synchronized void progress(StageKey key, Stage stage, long steps, long of, double loss) {
    long now = clock.getAsLong();
    Begin begin = atWorkSince.computeIfAbsent(key, k -> new Begin(now, steps));
    long spoken = spokenAt.computeIfAbsent(key, k -> now);
    if (now - spoken < QUIET_MILLIS || of <= 0) {
      return;
    }
    spokenAt.put(key, now);
    List<String> parts = new ArrayList<>();
    parts.add("step %d of %d".formatted(steps, of));
    if (Double.isFinite(loss)) {
      parts.add(String.format(Locale.ROOT, "loss %.4g", loss));
    }
    if (now > begin.at() && steps > begin.steps()) {
      double each = (now - begin.at()) / MILLIS / (steps - begin.steps());
      parts.add("about %s left".formatted(span(each * (of - steps))));
    }
    LOG.info("...    {}: {}", name(key, stage), String.join(", ", parts));
  }

  @Override
  public synchronized void finished(
      StageKey key, Stage stage, Map<String, Double> seconds, boolean adopted) {
    done++;
    if (adopted) {
      engine.forget(key); // its seconds are another run's
    }
    over(key, seconds.getOrDefault(WAIT, 0.0), Timing.work(seconds));
    String took = adopted ? "found in the store" : took(seconds);
    LOG.info("finish {} ({}) [{} of {}]", name(key, stage), took, done, total);
  }

  @Override
  public synchronized void failed(
      StageKey key, Stage stage, Fault fault, String reason, List<StageKey> skipped) {
    over(key, 0, Double.NaN);
    String left = skipped.isEmpty() ? "" : " (" + skipped.size() + " stages after it left out)";
    LOG.info("FAILED {}: {}{}", name(key, stage), reason, left);
  }

  @Override
  public synchronized void retrying(StageKey key, Stage stage, String reason, Duration pause) {
    over(key, 0, Double.NaN);
    LOG.info("AGAIN  {} in {}: {}", name(key, stage), span(pause.toSeconds()), reason);
  }

  @Override
  public synchronized void leftOut(String family, String reason, List<StageKey> skipped) {
    LOG.info(
        "LEFT   {}: {} stages, for it failed alike three times: {}",
        family,
        skipped.size(),
        reason);
  }

  @Override
  public synchronized void lost(StageKey key, Stage stage, String reason) {
    LOG.info("LOST   {}: {}; it is done again", name(key, stage), reason);
  }

  /** Says the last line of a run, unless the engine did nothing. */
  @Override
  public synchronized void close() {
    engine.sentence().ifPresent(LOG::info);
  }

  private void over(StageKey key, double waited, double work) {
    atWorkSince.remove(key);
    spokenAt.remove(key);
    engine.ended(key, seconds(), waited, work);
  }

  private double seconds() {
    return clock.getAsLong() / MILLIS;
  }

  private static String took(Map<String, Double> seconds) {
    double wait = seconds.getOrDefault(WAIT, 0.0);
    double others = seconds.getOrDefault(Timing.OTHERS, 0.0); // what they took, not a time
    double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    double work = all - wait - others;
    String text = "took " + span(work);
    return wait < 1 ? text : text + ", waited " + span(wait) + " for the device";
  }

  private static String name(StageKey key, Stage stage) {
    return stage.kind().id() + " " + stage.subject().label() + " " + key.brief();
  }

  /** {@code 4.2 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
  static String span(double seconds) {
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    return whole < 3600
        ? "%d min %d s".formatted(whole / 60, whole % 60)
        : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
  }
}
