package lethe.run;

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
  static Obstacle passing(String sentence) {
    return new Obstacle(sentence, true);
  }
}
