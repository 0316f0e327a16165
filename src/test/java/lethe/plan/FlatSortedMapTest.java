package lethe.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FlatSortedMapTest {
  private static final SortedMap<String, Integer> TREE =
      new TreeMap<>(Map.of("b", 2, "a", 1, "c", 3));

  @Test
  void it_is_the_map_it_was_made_of() {
    SortedMap<String, Integer> flat = FlatSortedMap.copyOf(TREE);
    assertEquals(TREE, flat);
    assertEquals(flat, TREE);
    assertEquals(TREE.hashCode(), flat.hashCode());
    assertEquals(TREE.toString(), flat.toString());
    assertEquals(2, flat.get("b"));
    assertNull(flat.get("d"));
    assertFalse(flat.containsKey("d"));
    assertEquals(TREE.tailMap("b"), flat.tailMap("b"));
    assertEquals("c", flat.lastKey());
  }

  @Test
  void nobody_changes_it() {
    SortedMap<String, Integer> flat = FlatSortedMap.copyOf(TREE);
    assertThrows(UnsupportedOperationException.class, () -> flat.put("d", 4));
    assertThrows(UnsupportedOperationException.class, () -> flat.remove("a"));
  }

  @Test
  void entries_are_sorted_however_they_were_gathered() {
    EntryList<Integer> list = new EntryList<>();
    list.put("b", 2);
    list.put("a", 1);
    assertEquals(new TreeMap<>(Map.of("a", 1, "b", 2)), list.take());
    list.put("b", 4);
    list.put("a", 3);
    assertEquals(new TreeMap<>(Map.of("a", 3, "b", 4)), list.take());
    assertEquals(Map.of(), list.take());
  }

  @Test
  void a_name_stands_once() {
    EntryList<Integer> list = new EntryList<>();
    list.put("a", 1);
    list.put("a", 2);
    assertThrows(IllegalArgumentException.class, list::take);
  }
}
