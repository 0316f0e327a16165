package lethe.condense;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which clusters are worked on together. Clusters of like size share a chunk, so that little is
 * padded; no chunk holds more than it may, unless one cluster alone does. A pure function of the
 * sizes, so that every run makes the same chunks.
 */
final class ChunkPlan {
  private ChunkPlan() {}

  /**
   * The chunks, small clusters first.
   *
   * @param sizes images of each cluster, each at least 1
   * @param mostClusters in one chunk, at least 1
   * @param mostImages in one chunk, padding included
   * @return positions in {@code sizes}, each once
   */
  static List<int[]> of(int[] sizes, int mostClusters, int mostImages) {
    int[] bySize =
        IntStream.range(0, sizes.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> sizes[i])) // stable: equal sizes keep their order
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> chunks = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= bySize.length; to++) {
      boolean full =
          to == bySize.length
              || to - from == mostClusters
              || (long) (to - from + 1) * sizes[bySize[to]] > mostImages;
      if (full) {
        chunks.add(IntStream.range(from, to).map(i -> bySize[i]).toArray());
        from = to;
      }
    }
    return chunks;
  }
}
