package lethe.condense;

import java.util.List;
import java.util.Set;
import lethe.plan.Card;
import lethe.plan.Knob;

/** The condensers a grid may name. */
public final class Condensers {
  private static final Card BLEND =
      new Card(
          "blend",
          "Blend",
          "condense.blend",
          1,
          List.of(
              Knob.integer("clusters-per-class", 1, 100_000),
              Knob.integer("iterations", 0, 100_000),
              Knob.number("momentum", 0, Math.nextDown(1.0)),
              Knob.number("learning-rate", 0, Double.MAX_VALUE), // 0: the authors' cubic
              Knob.number("minimum-weight-sum", Double.MIN_VALUE, 1)),
          Set.of());

  public static final List<Card> CARDS = List.of(BLEND);

  private Condensers() {}

  /**
   * The condenser called {@code id}.
   *
   * @throws IllegalArgumentException for a name not in {@link #CARDS}
   */
  public static Condenser of(String id) {
    return switch (id) {
      case "blend" -> new Blend();
      default -> throw new IllegalArgumentException("No condenser \"" + id + "\"; there is blend.");
    };
  }
}
