package lethe.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import lethe.data.Checkpoint;
import lethe.ledger.CheckpointFolder;
import lethe.net.Checkpoints;
import lethe.net.Signals;
import lethe.net.Stopwatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checkpoints of one stage under way, kept in the store. Used by the stage's thread alone. */
final class StageCheckpoints implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(StageCheckpoints.class);
  private static final String FORMAT = "format";
  private static final double THIS_FORMAT = 2; // of what loops put down: raise it with any change
  private static final String SECONDS = "seconds"; // the part of the stage's clock
  private static final int MOST_MISSED = 2; // one may be a hiccup
  private static final double MOST_SHARE = 0.01; // of a stage's time, however slow the disk

  private final CheckpointFolder folder;
  private final Signals signals;
  private final double every;
  private final StageSeconds seconds;
  private final Optional<Checkpoint> found;
  private final Map<String, Checkpoint> over = new TreeMap<>();
  private Stopwatch sinceLast;
  private double pause;
  private int missed; // checkpoints in a row that could not be written

  /**
   * @param every seconds between two checkpoints, at least; more where the disk is slow
   * @param signals of the stage
   */
  StageCheckpoints(CheckpointFolder folder, double every, StageSeconds seconds, Signals signals) {
    this.folder = folder;
    this.signals = signals;
    this.every = every;
    this.pause = every;
    this.seconds = seconds;
    this.sinceLast = seconds.clock();
    this.found = newest(folder);
  }

  private static Optional<Checkpoint> newest(CheckpointFolder folder) {
    try {
      return folder.newest().filter(c -> c.numbers().getOrDefault(FORMAT, 0.0) == THIS_FORMAT);
    } catch (IOException e) {
      LOG.warn("A checkpoint cannot be read; its stage starts over", e);
      return Optional.empty();
    }
  }

  @Override
  public Optional<Checkpoint> left(String part) {
    Optional<Checkpoint> own = found.map(f -> f.part(part)).filter(p -> !p.isEmpty());
    if (own.isPresent()) {
      seconds.goOnFrom(found.get().part(SECONDS));
    }
    return own;
  }

  /** Seconds of the method that an earlier attempt left a checkpoint of; empty where none. */
  OptionalDouble found() {
    return found.isPresent()
        ? OptionalDouble.of(StageSeconds.method(found.get().part(SECONDS)))
        : OptionalDouble.empty();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException of a {@link lethe.ledger.StoreException}, when the disk takes no
   *     checkpoint for the second time running
   */
  @Override
  public void between(String part, Supplier<Checkpoint> now) {
    if (signals.stopRequested() || sinceLast.seconds() >= pause) {
      double took = seconds.saving(() -> save(part, now));
      pause = every == 0 ? 0 : Math.max(every, took / MOST_SHARE);
      sinceLast = seconds.clock();
    }
  }

  private void save(String part, Supplier<Checkpoint> now) {
    Map<String, Checkpoint> parts = new TreeMap<>(over);
    parts.put(SECONDS, seconds.checkpoint()); // before the arrays are fetched from the device
    parts.put(part, now.get());
    try {
      folder.add(Checkpoint.ofParts(parts).with(FORMAT, THIS_FORMAT));
      missed = 0;
    } catch (IOException e) { // the stage needs no checkpoint, but in the end it needs the disk
      missed++;
      if (missed == MOST_MISSED) {
        throw new UncheckedIOException(folder.refusal(e));
      }
      LOG.warn("A checkpoint cannot be written; a kill now would cost more than usual", e);
    }
  }

  @Override
  public void over(String part, Supplier<Checkpoint> end) {
    over.put(part, end.get());
  }

  @Override
  public Stopwatch timing(Stopwatch clock) {
    return seconds.timing(clock);
  }
}
