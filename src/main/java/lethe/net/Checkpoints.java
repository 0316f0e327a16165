package lethe.net;

import java.util.Optional;
import java.util.function.Supplier;
import lethe.data.Checkpoint;

/**
 * What a stage leaves on its way, so that one that was cut goes on at the step where it was. A
 * stage is one part after another, each with a name of its own: a loop, or a piece of work whose
 * outcome the next needs.
 */
public interface Checkpoints {
  /**
   * Where a part was when its stage was cut; empty when it had not begun. Asked once, before the
   * part begins. Turns the clock of {@link #timing} back to that moment: what was done again to get
   * there is not the method's time.
   */
  Optional<Checkpoint> left(String part);

  /**
   * Between two steps of a part: saves when it is time to, or when the stage is asked to stop.
   *
   * @param now where the part is; looked at only to save
   */
  void between(String part, Supplier<Checkpoint> now);

  /**
   * A part is over.
   *
   * @param end what {@link #left} gives of it from now on
   */
  void over(String part, Supplier<Checkpoint> end);

  /** Has {@code clock}, which runs on over all that the stage is cut into, measure the method. */
  Stopwatch timing(Stopwatch clock);

  /** Of work that nobody cuts. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Checkpoint> left(String part) {
          return Optional.empty();
        }

        @Override
        public void between(String part, Supplier<Checkpoint> now) {}

        @Override
        public void over(String part, Supplier<Checkpoint> end) {}

        @Override
        public Stopwatch timing(Stopwatch clock) {
          return clock;
        }
      };
}
