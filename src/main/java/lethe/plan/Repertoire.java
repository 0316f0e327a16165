package lethe.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every name a grid may use and the settings behind it, as the rooms' catalogues offer them.
 *
 * @param datasets by id
 * @param networks by id
 * @param condensers by id
 * @param methods by id; the ones that start from the original weights need {@link
 *     StageKind#ORIGINAL}
 * @param train how the original weights are trained
 * @param partition the embedder and k-means
 * @param split what is held out besides the forget set
 * @param evaluate the scores
 * @param memory what stages take of the device
 */
public record Repertoire(
    Map<String, Card> datasets,
    Map<String, Card> networks,
    Map<String, Card> condensers,
    Map<String, Card> methods,
    Card train,
    Card partition,
    Card split,
    Card evaluate,
    MemoryModel memory) {
  public Repertoire {
    datasets = Collections.unmodifiableMap(new LinkedHashMap<>(datasets));
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    condensers = Collections.unmodifiableMap(new LinkedHashMap<>(condensers));
    methods = Collections.unmodifiableMap(new LinkedHashMap<>(methods));
  }

  /** A repertoire of catalogues, in their order. */
  public static Repertoire of(
      List<Card> datasets,
      List<Card> networks,
      List<Card> condensers,
      List<Card> methods,
      Card train,
      Card partition,
      Card split,
      Card evaluate) {
    return new Repertoire(
        byId(datasets),
        byId(networks),
        byId(condensers),
        byId(methods),
        train,
        partition,
        split,
        evaluate,
        MemoryModel.NONE);
  }

  /** The same with a model of the memory that stages take. */
  public Repertoire with(MemoryModel model) {
    return new Repertoire(
        datasets, networks, condensers, methods, train, partition, split, evaluate, model);
  }

  /** Every card: first those of the stages, then the catalogues. */
  public List<Card> cards() {
    List<Card> cards = new ArrayList<>(List.of(split, train, partition, evaluate));
    cards.addAll(datasets.values());
    cards.addAll(networks.values());
    cards.addAll(condensers.values());
    cards.addAll(methods.values());
    return cards;
  }

  /**
   * The values that are in no key, by knob.
   *
   * @throws IllegalArgumentException when knobs of one name differ in it: keys know the name alone
   */
  Map<String, String> unsaid() {
    Map<String, Optional<String>> all = new TreeMap<>();
    for (Card card : cards()) {
      for (Knob knob : card.knobs()) {
        Optional<String> before = all.put(knob.name(), knob.unsaid());
        if (before != null && !before.equals(knob.unsaid())) {
          throw new IllegalArgumentException(
              "Knobs called " + knob.name() + " differ in the value that is in no key");
        }
      }
    }
    Map<String, String> unsaid = new TreeMap<>();
    all.forEach((name, value) -> value.ifPresent(v -> unsaid.put(name, v)));
    return unsaid;
  }

  private static Map<String, Card> byId(List<Card> cards) {
    Map<String, Card> byId = new LinkedHashMap<>();
    for (Card card : cards) {
      if (byId.put(card.id(), card) != null) {
        throw new IllegalArgumentException("Two cards are called " + card.id());
      }
    }
    return byId;
  }
}
