package lethe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import lethe.data.Checkpoint;

/** Cuts work between two of its steps, by way of a file, and lets it go on. */
public final class Cuts implements Signals, Checkpoints {
  private static final int NEVER = Integer.MAX_VALUE;

  private final int stopBefore;
  private final Optional<Checkpoint> found;
  private final Map<String, Checkpoint> over = new TreeMap<>();
  private Optional<Checkpoint> saved = Optional.empty();
  private int steps;

  private Cuts(int stopBefore, Optional<Checkpoint> found) {
    this.stopBefore = stopBefore;
    this.found = found;
  }

  /**
   * Cuts {@code work} before each of its steps in turn, and asks that it comes to the same end.
   *
   * @param work gives something that says all about its outcome
   * @return the number of its steps
   */
  public static int anywhere(Function<Signals, Object> work) {
    Cuts calm = new Cuts(NEVER, Optional.empty());
    Object wanted = work.apply(calm);
    for (int at = 0; at < calm.steps; at++) {
      Cuts cut = new Cuts(at, Optional.empty());
      assertThrows(StoppedException.class, () -> work.apply(cut));
      Cuts rest = new Cuts(NEVER, Optional.of(throughFile(cut.saved.orElseThrow())));
      assertEquals(wanted, work.apply(rest), "cut before step " + at + " of " + calm.steps);
      assertEquals(calm.steps - at, rest.steps, "no step is done again");
    }
    assertTrue(calm.steps > 0, "work without a step cannot be cut");
    return calm.steps;
  }

  private static Checkpoint throughFile(Checkpoint checkpoint) {
    try {
      Path file = Files.createTempFile("checkpoint", ".safetensors");
      try {
        checkpoint.write(file);
        return Checkpoint.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean stopRequested() {
    return saved.isPresent();
  }

  @Override
  public void progress(long done, long total, double loss) {}

  @Override
  public Checkpoints checkpoints() {
    return this;
  }

  @Override
  public Optional<Checkpoint> left(String part) {
    return found.map(f -> f.part(part)).filter(p -> !p.isEmpty());
  }

  @Override
  public void between(String part, Supplier<Checkpoint> now) {
    if (steps == stopBefore) {
      Map<String, Checkpoint> parts = new TreeMap<>(over);
      parts.put(part, now.get());
      saved = Optional.of(Checkpoint.ofParts(parts));
    } else {
      steps++;
    }
  }

  @Override
  public void over(String part, Supplier<Checkpoint> end) {
    over.put(part, end.get());
  }

  @Override
  public Stopwatch timing(Stopwatch clock) {
    return clock;
  }
}
