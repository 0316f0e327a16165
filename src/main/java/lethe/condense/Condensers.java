package lethe.condense;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lethe.net.Precision;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.StageKind;

/** The condensers a grid may name. */
public final class Condensers {
  private static final Knob CLUSTERS = Knob.integer("clusters-per-class", 1, 100_000);
  private static final Knob MOMENTUM = Knob.number("momentum", 0, Math.nextDown(1.0));

  private static final Card BLEND =
      card(
          "blend",
          "Blend",
          Knob.integer("iterations", 0, 100_000),
          MOMENTUM,
          Knob.number("learning-rate", 0, Double.MAX_VALUE), // 0: the authors' cubic
          Knob.number("minimum-weight-sum", Double.MIN_VALUE, 1),
          Precision.KNOB);
  private static final Card MEAN = card("mean", "Cluster means");
  private static final Card RANDOM = card("random", "Random images");
  private static final Card DM = matching("dm", "DM").departing();
  private static final Card GM =
      matching("gm", "GM", Knob.number("network-learning-rate", 0, Double.MAX_VALUE)).departing();
  private static final Card IDM =
      matching(
          "idm",
          "IDM",
          Knob.integer("networks", 1, 100),
          Knob.number("cross-entropy-weight", 0, Double.MAX_VALUE));

  public static final List<Card> CARDS = List.of(BLEND, MEAN, RANDOM, DM, GM, IDM);

  private Condensers() {}

  private static Card card(String id, String title, Knob... own) {
    return card(id, title, Set.of(), Stream.of(own));
  }

  private static Card card(String id, String title, Set<StageKind> needs, Stream<Knob> own) {
    List<Knob> knobs = Stream.concat(Stream.of(CLUSTERS), own).toList();
    return new Card(id, title, "condense." + id, 1, knobs, needs);
  }

  /**
   * Those that move pixels towards something that real images of the class have: a prototype
   * depends on all free clusters, so each round needs its own.
   */
  private static Card matching(String id, String title, Knob... own) {
    Stream<Knob> shared =
        Stream.of(
            Knob.integer("iterations", 0, 1_000_000),
            Knob.integer("batch", 1, 65_536),
            Knob.number("learning-rate", 0, Double.MAX_VALUE),
            MOMENTUM);
    return card(id, title, Set.of(StageKind.PARTS), Stream.concat(shared, Stream.of(own)));
  }

  /**
   * The condenser called {@code id}.
   *
   * @throws IllegalArgumentException for a name not in {@link #CARDS}
   */
  public static Condenser of(String id) {
    return switch (id) {
      case "blend" -> new Blend();
      case "mean" -> new ClusterMeans();
      case "random" -> new RandomReal();
      case "dm" -> new DistributionMatching();
      case "gm" -> new GradientMatching();
      case "idm" -> new ImprovedDistributionMatching();
      default -> throw new IllegalArgumentException("No condenser is called \"" + id + "\".");
    };
  }
}
