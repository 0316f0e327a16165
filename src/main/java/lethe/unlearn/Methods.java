package lethe.unlearn;

import java.util.List;
import java.util.stream.Collectors;
import lethe.plan.Card;

/** The methods a grid may name: one line each. */
public final class Methods {
  private static final List<Method> ALL =
      List.of(
          new Retraining(),
          new CatastrophicForgetting(),
          new BadDistillation(),
          new L1Sparse(),
          new Pruning(),
          new Scrub(),
          new Distillation(),
          new NegGradPlus(),
          new Ssd(),
          new LossFreeSsd(),
          new Fisher(),
          new Accelerated(new CatastrophicForgetting(), List.of()),
          new Accelerated(new BadDistillation(), BadDistillation.OWN),
          new Accelerated(new L1Sparse(), L1Sparse.OWN),
          new Accelerated(new Pruning(), Pruning.OWN),
          new Accelerated(new Scrub(), Scrub.OWN));

  public static final List<Card> CARDS = ALL.stream().map(Method::card).toList();

  private Methods() {}

  /**
   * The method called {@code id}.
   *
   * @throws IllegalArgumentException for a name not in {@link #CARDS}
   */
  public static Method of(String id) {
    return ALL.stream()
        .filter(method -> method.card().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No method \""
                        + id
                        + "\"; there are "
                        + CARDS.stream().map(Card::id).collect(Collectors.joining(", "))
                        + "."));
  }
}
