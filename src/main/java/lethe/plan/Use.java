package lethe.plan;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which names an experiment uses, and so which blocks somebody reads. The file is judged by its own
 * axes and those in force, so that narrowing an axis on the command line makes no setting of the
 * file a mistake.
 */
final class Use {
  private final Repertoire repertoire;
  private final Map<Axis, Set<String>> names = new EnumMap<>(Axis.class);

  Use(Repertoire repertoire, List<Map<String, ConfigValue>> sheets) {
    this.repertoire = repertoire;
    for (Axis axis : Axis.values()) {
      names.put(axis, new HashSet<>());
    }
    for (Map<String, ConfigValue> top : sheets) {
      add(top, Axis.DATASET, repertoire.datasets().keySet());
      add(top, Axis.NETWORK, repertoire.networks().keySet());
      add(top, Axis.SCENARIO, Set.of());
      add(top, Axis.RECIPE, Axes.recipes());
      add(top, Axis.METHOD, repertoire.methods().keySet());
      add(top, Axis.CONDENSER, repertoire.condensers().keySet());
    }
  }

  private void add(Map<String, ConfigValue> top, Axis axis, Collection<String> known) {
    if (top.get(axis.list()) instanceof ConfigList list) {
      for (ConfigValue item : list) {
        ConfigValue id = item instanceof ConfigObject object ? object.get("id") : item;
        Optional.ofNullable(id)
            .flatMap(KnobText::word)
            .ifPresent(word -> of(axis).add(meant(word, known)));
      }
    }
  }

  /** A misspelt name counts as the one that was meant: one mistake, one sentence. */
  private static String meant(String word, Collection<String> known) {
    if (known.isEmpty()) {
      return Scenario.of(word).map(Scenario::id).orElse(word);
    }
    return known.contains(word) ? word : Nearest.of(word, known);
  }

  /** The names on an axis. */
  Set<String> of(Axis axis) {
    return names.getOrDefault(axis, Set.of());
  }

  boolean clusters() {
    return of(Axis.RECIPE).stream()
        .anyMatch(id -> RetainRecipe.of(id).filter(RetainRecipe::clusters).isPresent());
  }

  /** Why nobody reads the block of {@code card}; empty where somebody does. */
  Optional<String> unread(Card card) {
    if (repertoire.methods().containsValue(card)) {
      return unless(of(Axis.METHOD).contains(card.id()), card.id() + " is not among methods");
    }
    if (repertoire.datasets().containsValue(card)) {
      return unless(of(Axis.DATASET).contains(card.id()), card.id() + " is not among datasets");
    }
    if (repertoire.networks().containsValue(card)) {
      return unless(of(Axis.NETWORK).contains(card.id()), card.id() + " is not among networks");
    }
    boolean condenser = repertoire.condensers().containsValue(card);
    if (condenser && !of(Axis.CONDENSER).contains(card.id())) {
      return Optional.of(card.id() + " is not among condensers");
    }
    boolean forClusters = condenser || repertoire.partition().equals(card);
    return unless(!forClusters || clusters(), "no recipe clusters");
  }

  /** The axes that the settings of {@code card} may depend on: those its stages know. */
  List<Axis> dependable(Card card) {
    List<Axis> axes = new ArrayList<>(List.of(Axis.DATASET));
    if (repertoire.train().equals(card)) {
      axes.add(Axis.NETWORK);
    } else if (repertoire.split().equals(card) || repertoire.evaluate().equals(card)) {
      axes.add(Axis.SCENARIO);
    } else if (repertoire.methods().containsValue(card)) {
      return List.of(Axis.values());
    }
    return axes;
  }

  /** Whether the settings of {@code card} belong to an axis, and not to a stage. */
  boolean isAxis(Card card) {
    return repertoire.datasets().containsValue(card) || repertoire.networks().containsValue(card);
  }

  private static Optional<String> unless(boolean read, String reason) {
    return read ? Optional.empty() : Optional.of(reason);
  }
}
