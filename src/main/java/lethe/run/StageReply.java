package lethe.run;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.ledger.Fault;
import lethe.plan.StageKey;

/** How a stage ended: the one answer to each command of {@link Partitioner} and its like. */
sealed interface StageReply extends Batcher.Command {
  StageKey key();

  /** Its artifact stands; the other parts are those of {@link Workshop.Done}. */
  record Performed(
      StageKey key,
      String digest,
      SortedMap<String, Double> seconds,
      List<String> flags,
      boolean adopted)
      implements StageReply {
    public Performed {
      seconds = Collections.unmodifiableSortedMap(new TreeMap<>(seconds));
      flags = List.copyOf(flags);
    }

    /** The same with the time that it waited for the device; what was adopted keeps its maker's. */
    Performed waited(double wait) {
      if (adopted) {
        return this;
      }
      SortedMap<String, Double> all = new TreeMap<>(seconds);
      all.put("wait", wait);
      return new Performed(key, digest, all, flags, false);
    }
  }

  /** It could not be done. */
  record Refused(StageKey key, String reason, Fault fault) implements StageReply {
    /** A mistake that shows again however often it is tried. */
    Refused(StageKey key, String reason) {
      this(key, reason, Fault.ERROR);
    }
  }

  /** It gave up because the run was asked to stop. */
  record Abandoned(StageKey key) implements StageReply {}

  /** The disk takes or gives nothing, for this stage or any other. */
  record StoreFull(StageKey key, String sentence) implements StageReply {}

  /** The engine cannot be opened, for this stage or any other. */
  record EngineMissing(StageKey key, String reason) implements StageReply {}
}
