package lethe.plan;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Checked settings of one block: canonical text by knob name, sorted, so that equal settings have
 * equal text.
 */
public record Settings(SortedMap<String, String> entries) {
  /** Ends the name of a setting that says where something lies, which is in no key. */
  static final String PLACE = ".place";

  public static final Settings NONE = new Settings(new TreeMap<>());

  public Settings {
    entries = FlatSortedMap.copyOf(entries);
  }

  public static Settings of(Map<String, String> entries) {
    return new Settings(new TreeMap<>(entries));
  }

  public int integer(String knob) {
    return Math.toIntExact(Long.parseLong(text(knob)));
  }

  public double number(String knob) {
    return Double.parseDouble(text(knob));
  }

  public String text(String knob) {
    String value = entries.get(knob);
    if (value == null) {
      throw new IllegalArgumentException("No setting \"" + knob + "\" among " + entries.keySet());
    }
    return value;
  }

  /** Whether the authors' defects are kept, where the reader of these settings has some. */
  public boolean asPublished() {
    return Protocol.AS_PUBLISHED.id().equals(entries.get(Protocol.NAME));
  }

  public boolean has(String knob) {
    return entries.containsKey(knob);
  }
}
