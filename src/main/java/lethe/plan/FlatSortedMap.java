package lethe.plan;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map in two arrays: a plan of 10⁶ stages has tens of millions of entries, and
 * a tree takes ten times the memory.
 */
final class FlatSortedMap<V> extends AbstractMap<String, V> implements SortedMap<String, V> {
  private final String[] names; // sorted
  private final Object[] values; // each a V

  /**
   * A map of arrays, which it keeps.
   *
   * @param names sorted, each once; maps may share them
   * @param values beside them
   */
  FlatSortedMap(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  /** The entries of {@code map}, in the order of names. */
  static <V> SortedMap<String, V> copyOf(Map<String, V> map) {
    if (map instanceof FlatSortedMap<V> flat) {
      return flat;
    }
    Map<String, V> sorted = new TreeMap<>(map);
    return new FlatSortedMap<>(sorted.keySet().toArray(String[]::new), sorted.values().toArray());
  }

  @SuppressWarnings("unchecked") // the constructor's callers put nothing else there
  private V value(int place) {
    return (V) values[place];
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public @Nullable V get(@Nullable Object name) {
    int place = name instanceof String text ? Arrays.binarySearch(names, text) : -1;
    return place < 0 ? null : value(place);
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return get(name) != null;
  }

  @Override
  public void forEach(BiConsumer<? super String, ? super V> action) {
    for (int i = 0; i < names.length; i++) {
      action.accept(names[i], value(i));
    }
  }

  @Override
  public Set<Map.Entry<String, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<String, V>> iterator() {
        return new Walk();
      }

      @Override
      public int size() {
        return names.length;
      }
    };
  }

  private final class Walk implements Iterator<Map.Entry<String, V>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < names.length;
    }

    @Override
    public Map.Entry<String, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return Map.entry(names[next], value(next++));
    }
  }

  @Override
  public @Nullable Comparator<? super String> comparator() {
    return null; // the natural order
  }

  @Override
  public String firstKey() {
    return new TreeMap<>(this).firstKey();
  }

  @Override
  public String lastKey() {
    return new TreeMap<>(this).lastKey();
  }

  @Override
  public SortedMap<String, V> subMap(String from, String to) {
    return copyOf(new TreeMap<>(this).subMap(from, to));
  }

  @Override
  public SortedMap<String, V> headMap(String to) {
    return copyOf(new TreeMap<>(this).headMap(to));
  }

  @Override
  public SortedMap<String, V> tailMap(String from) {
    return copyOf(new TreeMap<>(this).tailMap(from));
  }
}
