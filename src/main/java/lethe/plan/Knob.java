package lethe.plan;

import java.util.List;
import java.util.Optional;

/**
 * One setting a user may write in a block: its name, type and legal range.
 *
 * @param name the key inside its block, such as {@code learning-rate}
 * @param kind what is written there
 * @param least smallest legal value of a number
 * @param most largest legal value of a number
 * @param choices legal words of a {@link Kind#CHOICE}, empty for the others
 * @param notAbove another knob of the same block whose value this one must not exceed
 * @param unsaid the value that is in no key; of a knob that came later, what was done before it, so
 *     that what is finished stays so
 */
public record Knob(
    String name,
    Kind kind,
    double least,
    double most,
    List<String> choices,
    Optional<String> notAbove,
    Optional<String> unsaid) {
  /** What is written at a knob. */
  public enum Kind {
    INTEGER,
    NUMBER,
    CHOICE,
    /** The path of a file, or nothing. */
    FILE
  }

  public Knob {
    choices = List.copyOf(choices);
  }

  public static Knob integer(String name, long least, long most) {
    return of(name, Kind.INTEGER, least, most, List.of());
  }

  public static Knob number(String name, double least, double most) {
    return of(name, Kind.NUMBER, least, most, List.of());
  }

  public static Knob choice(String name, List<String> choices) {
    return of(name, Kind.CHOICE, 0, 0, choices);
  }

  public static Knob file(String name) {
    return of(name, Kind.FILE, 0, 0, List.of());
  }

  private static Knob of(String name, Kind kind, double least, double most, List<String> choices) {
    return new Knob(name, kind, least, most, choices, Optional.empty(), Optional.empty());
  }

  /** The same knob, no larger than {@code other} of its block. */
  public Knob notAbove(String other) {
    return new Knob(name, kind, least, most, choices, Optional.of(other), unsaid);
  }

  /** The same knob, in no key where its value is {@code value}. */
  public Knob unsaidAt(String value) {
    return new Knob(name, kind, least, most, choices, notAbove, Optional.of(value));
  }
}
