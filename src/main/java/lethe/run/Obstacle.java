package lethe.run;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import lethe.ledger.Fault;

/**
 * Why a run had to end early.
 *
 * @param sentence for people
 * @param mayPass whether the machine may mend by itself, as a full disk does when room is made
 */
public record Obstacle(String sentence, boolean mayPass) {
  /** One that stays until somebody mends it. */
  static Obstacle lasting(String sentence) {
    return new Obstacle(sentence, false);
  }

  /** One that may pass by itself. */
  public static Obstacle passing(String sentence) {
    return new Obstacle(sentence, true);
  }

  /** What an answer says of all stages that follow; empty where it is of its own stage alone. */
  static Optional<Obstacle> of(StageReply reply) {
    if (reply instanceof StageReply.EngineMissing missing) {
      return Optional.of(lasting("The engine cannot be used: " + missing.reason()));
    }
    if (reply instanceof StageReply.StoreFull full) {
      return Optional.of(passing(full.sentence()));
    }
    if (reply instanceof StageReply.Refused refused && refused.fault() == Fault.DEVICE) {
      return Optional.of(
          lasting(
              "The device was lost to this process (%s): the same command goes on in a new one, and does the stage that lost it last."
                  .formatted(refused.reason())));
    }
    return Optional.empty();
  }

  /** The artifacts could not be looked at: a disk may mend by itself, a mistake does not. */
  static Obstacle ofCheck(Throwable fault) {
    Throwable cause = fault.getCause();
    Throwable root = fault instanceof CompletionException && cause != null ? cause : fault;
    String sentence = "The store cannot be checked: " + Bench.reason(root);
    return Faults.anyIn(root, IOException.class) ? passing(sentence) : lasting(sentence);
  }
}
