package lethe.run;

import java.util.List;
import java.util.SortedMap;
import lethe.net.Signals;
import lethe.plan.StageKey;

/**
 * Does stages. The actors decide when; a workshop decides how. Engine stages come one at a time,
 * all on the thread that called {@link #openEngine}; CPU stages come from any thread of the pool,
 * several at once.
 */
public interface Workshop extends AutoCloseable {
  /**
   * Opens the engine for engine stages, on the thread that will do them. Called once, before the
   * first of them.
   */
  void openEngine();

  /**
   * Does one stage: reads its inputs' artifacts, works, and puts its own artifact in place. Does
   * nothing when that stands already.
   *
   * @throws lethe.net.StoppedException when {@code signals} asked for it
   * @throws Exception when the stage cannot be done; the message is the reason a user reads
   */
  Done perform(StageKey key, Signals signals) throws Exception;

  /** Gives up all memory that only saves time, after a stage that lacked some; on its thread. */
  default void relieve() {}

  /**
   * Closes the engine, on the thread that opened it. Called once, at the end, even when no engine
   * stage came.
   */
  @Override
  void close();

  /**
   * What a stage left.
   *
   * @param digest content digest of the artifact
   * @param seconds spans by name
   * @param flags what misleads about it
   * @param adopted whether another run had left it just before, so that nothing was done
   */
  record Done(
      String digest, SortedMap<String, Double> seconds, List<String> flags, boolean adopted) {
    public Done {
      flags = List.copyOf(flags);
    }
  }
}
