package lethe.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of stages, methods and condensers for every subject: a base for each block, and
 * rules that change some of it for some subjects. Later rules win.
 *
 * @param protocol told to those who depend on it, and only where it is not the default, so that it
 *     is in no other key
 * @param base every setting of every block in use, by block
 * @param rules what the experiment writes under {@code overrides}
 */
public record KnobTable(Protocol protocol, SortedMap<String, Settings> base, List<Rule> rules) {
  public KnobTable {
    base = Collections.unmodifiableSortedMap(new TreeMap<>(base));
    rules = List.copyOf(rules);
  }

  /**
   * One override.
   *
   * @param when name by axis; all of them must hold
   * @param set canonical value by full path, such as {@code unlearn.cf.learning-rate}
   */
  public record Rule(SortedMap<Axis, String> when, SortedMap<String, String> set) {
    public Rule {
      when = Collections.unmodifiableSortedMap(new TreeMap<>(when));
      set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
    }

    boolean holdsFor(Subject subject) {
      return when.entrySet().stream()
          .allMatch(e -> e.getKey().of(subject).filter(e.getValue()::equals).isPresent());
    }
  }

  /** The settings of {@code card}'s block that hold for {@code subject}. */
  public Settings settings(Card card, Subject subject) {
    Settings settings = base.get(card.block());
    if (settings == null) {
      throw new IllegalArgumentException(
          "This grid has no settings for \"" + card.block() + "\", only for " + base.keySet());
    }
    String prefix = card.block() + ".";
    SortedMap<String, String> changed = new TreeMap<>();
    for (Rule rule : rules) {
      if (rule.holdsFor(subject)) {
        for (Map.Entry<String, String> entry : rule.set().entrySet()) {
          if (entry.getKey().startsWith(prefix)) {
            changed.put(entry.getKey().substring(prefix.length()), entry.getValue());
          }
        }
      }
    }
    if (card.departs() && protocol != Protocol.CORRECTED) {
      changed.put(Protocol.NAME, protocol.id());
    }
    if (changed.isEmpty()) {
      return settings; // shared by all its stages
    }
    SortedMap<String, String> all = new TreeMap<>(settings.entries());
    all.putAll(changed);
    return new Settings(all);
  }
}
