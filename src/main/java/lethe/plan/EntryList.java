package lethe.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Gathers entries of one sorted map after another. Maps with the same names, gathered in the same
 * order, are sorted once for all of them and share their names.
 */
final class EntryList<V> {
  private final Map<List<String>, Order> orders = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<V> values = new ArrayList<>();

  /** Names as they are sorted, and where each was gathered. */
  private record Order(String[] names, int[] places) {
    static Order of(List<String> names) {
      int[] places =
          IntStream.range(0, names.size())
              .boxed()
              .sorted(Comparator.comparing(names::get))
              .mapToInt(Integer::intValue)
              .toArray();
      String[] sorted = IntStream.of(places).mapToObj(names::get).toArray(String[]::new);
      for (int i = 1; i < sorted.length; i++) {
        if (sorted[i].equals(sorted[i - 1])) {
          throw new IllegalArgumentException("Two entries are called " + sorted[i]);
        }
      }
      return new Order(sorted, places);
    }
  }

  void put(String name, V value) {
    names.add(name);
    values.add(value);
  }

  /** The map of what was gathered; it begins anew. */
  SortedMap<String, V> take() {
    Order order = orders.get(names);
    if (order == null) {
      order = Order.of(names);
      orders.put(List.copyOf(names), order);
    }
    Object[] sorted = new Object[order.places().length];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = values.get(order.places()[i]);
    }
    names.clear();
    values.clear();
    return new FlatSortedMap<>(order.names(), sorted);
  }
}
