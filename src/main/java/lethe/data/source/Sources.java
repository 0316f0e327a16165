package lethe.data.source;

import java.nio.file.Path;
import java.util.List;
import lethe.data.DataException;
import lethe.plan.Card;
import lethe.plan.Spec;

/** The datasets there are. A new one is a class, a line here and a block of settings. */
public final class Sources {
  public static final List<Card> CARDS =
      List.of(Glyphs.CARD, Cifar10.CARD, Svhn.CARD, Cinic10.CARD, OwnImages.CARD);

  private Sources() {}

  /**
   * The dataset that {@code spec} names; nothing is read yet.
   *
   * @param dataDir where datasets that are files lie
   */
  public static DataSource open(Spec spec, Path dataDir) {
    return switch (spec.id()) {
      case "glyphs" -> Glyphs.of(spec.settings());
      case "cifar-10" -> Cifar10.in(dataDir);
      case "svhn" -> Svhn.in(dataDir);
      case "cinic-10" -> Cinic10.in(dataDir);
      case "own" -> OwnImages.in(dataDir);
      default ->
          throw new DataException(
              "There is no dataset \""
                  + spec.id()
                  + "\"; there are "
                  + String.join(", ", CARDS.stream().map(Card::id).toList())
                  + ".");
    };
  }
}
