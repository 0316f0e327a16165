package lethe.plan;

import java.util.List;
import java.util.Set;

/**
 * What the plan must know of one dataset, network, method, condenser or stage: how it is called,
 * which settings it reads, and which stages it needs.
 *
 * @param id the name users write, such as {@code a-cf}
 * @param title the name tables print, such as {@code A-CF}
 * @param block where its settings stand in a grid, such as {@code unlearn.a-cf}
 * @param version raised when a change of the code changes results; part of every key it touches
 * @param knobs every setting it reads
 * @param needs stages it takes as input besides those its kind always takes (a method: nothing, or
 *     {@code ORIGINAL}, and with it {@code LOGITS} for what those weights say), or, of a condenser,
 *     {@code PARTS} where a prototype is made of more than its own cluster, so that each round
 *     needs prototypes of its own parts
 * @param departs whether it does something else under {@link Protocol#AS_PUBLISHED}
 */
public record Card(
    String id,
    String title,
    String block,
    int version,
    List<Knob> knobs,
    Set<StageKind> needs,
    boolean departs) {
  public Card {
    knobs = List.copyOf(knobs);
    needs = Set.copyOf(needs);
  }

  /** A card of what is the same under every protocol. */
  public Card(
      String id, String title, String block, int version, List<Knob> knobs, Set<StageKind> needs) {
    this(id, title, block, version, knobs, needs, false);
  }

  /** The same card of something that depends on the protocol. */
  public Card departing() {
    return new Card(id, title, block, version, knobs, needs, true);
  }
}
