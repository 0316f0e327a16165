package lethe.plan;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads settings: of every block, and of the entries of axes that have some of their own. */
final class Blocks {
  private final Repertoire repertoire;
  private final Reference reference;
  private final Schema schema;
  private final Schema.Written file;
  private final Schema.Written words;
  private final Problems problems;

  Blocks(
      Repertoire repertoire,
      Reference reference,
      Schema schema,
      Schema.Written file,
      Schema.Written words,
      Problems problems) {
    this.repertoire = repertoire;
    this.reference = reference;
    this.schema = schema;
    this.file = file;
    this.words = words;
    this.problems = problems;
  }

  /** Every block: defaults, the file over them, the words over both. */
  SortedMap<String, Settings> base() {
    SortedMap<String, Settings> base = new TreeMap<>();
    for (Card card : repertoire.cards()) {
      SortedMap<String, String> settings = new TreeMap<>(reference.defaults(card).entries());
      put(settings, card, card.block(), file.values(card));
      put(settings, card, card.block(), words.values(card));
      base.put(card.block(), new Settings(settings));
    }
    return base;
  }

  /** Where a setting of a block is written; the command line comes before the file. */
  Optional<ConfigValue> written(Card card, String knob) {
    return Optional.ofNullable(words.values(card).get(knob))
        .or(() -> Optional.ofNullable(file.values(card).get(knob)));
  }

  private void put(
      SortedMap<String, String> settings, Card card, String path, Map<String, ConfigValue> values) {
    for (Knob knob : card.knobs()) {
      Optional.ofNullable(values.get(knob.name()))
          .flatMap(v -> KnobText.read(knob, path + "." + knob.name(), v, problems))
          .ifPresent(text -> settings.put(knob.name(), text));
    }
  }

  /** The settings that an entry says itself and no word of the command line overrules. */
  private SortedMap<String, String> own(Axes.Named named, Card card) {
    SortedMap<String, String> own = new TreeMap<>();
    named
        .settings()
        .ifPresent(
            written -> {
              schema.sortAxis(card, named.path(), written, problems);
              put(own, card, named.path(), written);
            });
    own.keySet().removeAll(words.values(card).keySet());
    return own;
  }

  /** Datasets or networks, with every setting they read. */
  List<Spec> entries(
      Axes axes, Axis axis, Map<String, Card> cards, SortedMap<String, Settings> base) {
    List<Spec> specs = new ArrayList<>();
    for (Axes.Named named : axes.specs(axis.list(), cards.keySet())) {
      Card card = Recorder.card(cards, named.id());
      SortedMap<String, String> settings = over(base, card, own(named, card));
      SortedMap<String, String> departures = new TreeMap<>(settings);
      departures.entrySet().removeAll(reference.defaults(card).entries().entrySet());
      Spec spec = new Spec(named.id(), new Settings(settings), departures);
      if (specs.contains(spec)) {
        twice(axis, named);
      }
      specs.add(spec);
    }
    return specs;
  }

  /** Condensers, with the settings that are an entry's own. */
  List<Spec> condensers(Axes axes, SortedMap<String, Settings> base) {
    Map<String, Card> cards = repertoire.condensers();
    List<Spec> specs = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (Axes.Named named : axes.specs(Axis.CONDENSER.list(), cards.keySet())) {
      Card card = Recorder.card(cards, named.id());
      SortedMap<String, String> own = own(named, card);
      boolean again = !seen.add(List.of(named.id(), over(base, card, own)));
      if (again && problems.none()) { // an illegal setting counts as none
        twice(Axis.CONDENSER, named);
      }
      SortedMap<String, String> departures = new TreeMap<>(own);
      departures.remove(ClustersFit.KNOB);
      specs.add(new Spec(named.id(), new Settings(own), departures));
    }
    return specs;
  }

  private void twice(Axis axis, Axes.Named named) {
    problems.add(named.at(), axis.list() + " lists " + named.id() + " twice with equal settings.");
  }

  private static SortedMap<String, String> over(
      SortedMap<String, Settings> base, Card card, SortedMap<String, String> own) {
    Settings block = base.getOrDefault(card.block(), Settings.NONE);
    SortedMap<String, String> settings = new TreeMap<>(block.entries());
    settings.putAll(own);
    return settings;
  }
}
