package lethe.ledger;

import java.util.List;
import java.util.Map;
import lethe.plan.Environment;

/**
 * What happened in an experiment, as the journal keeps it. Names are part of the journal's format.
 */
public sealed interface Event {
  /** When it happened, in milliseconds since 1970. */
  long at();

  /**
   * A grid was planned: at the first start, and again whenever it changed.
   *
   * @param experiment name of the experiment, which owns the journal
   * @param planDigest digest over the keys of the plan
   * @param environment numeric environment of the keys; threads and micro-batch stay as first
   *     planned
   */
  record GridPlanned(
      String experiment, String planDigest, Environment environment, int cells, int stages, long at)
      implements Event {}

  /**
   * A stage left its artifact.
   *
   * @param key stage key
   * @param stage kind of stage
   * @param digest content digest of the artifact
   * @param seconds spans by name; empty where another run did the work
   * @param flags what misleads about it
   * @param adopted whether the artifact was there already: made by another experiment, or just
   *     before a crash
   */
  record StageFinished(
      String key,
      String stage,
      String digest,
      Map<String, Double> seconds,
      List<String> flags,
      boolean adopted,
      long at)
      implements Event {}

  /**
   * A stage failed.
   *
   * @param fault what kind of failure it is
   * @param attempt which attempt of its run, from 1
   */
  record StageFailed(String key, String stage, String reason, Fault fault, int attempt, long at)
      implements Event {
    public StageFailed { // journals before had neither
      fault = fault == null ? Fault.ERROR : fault;
      attempt = Math.max(1, attempt);
    }
  }

  /**
   * Stages that are alike failed alike so often that the others of them are left out of this run.
   *
   * @param family what they have in common
   * @param stages how many were left out
   */
  record FamilyStopped(String family, String reason, int stages, long at) implements Event {}

  /** The artifact of a finished stage was missing or altered: the stage is to be done again. */
  record ArtifactLost(String key, String reason, long at) implements Event {}
}
