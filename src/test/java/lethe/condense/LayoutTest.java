package lethe.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void clusters_of_like_size_share_a_chunk() {
    // sizes 3 1 2 1, two a chunk: first the singles (1 and 3), then sizes 2 and 3 (2 and 0)
    assertChunks(ChunkPlan.of(new int[] {3, 1, 2, 1}, 2, 100), new int[] {1, 3}, new int[] {2, 0});
  }

  @Test
  void a_chunk_holds_no_more_images_than_it_may_padding_included() {
    // 1 + 4 would be padded to 8 > 6
    assertChunks(ChunkPlan.of(new int[] {4, 1}, 10, 6), new int[] {1}, new int[] {0});
  }

  @Test
  void a_cluster_larger_than_a_chunk_has_its_own() {
    assertChunks(ChunkPlan.of(new int[] {1000, 2, 2}, 10, 6), new int[] {1, 2}, new int[] {0});
  }

  @Test
  void no_clusters_make_no_chunk() {
    assertEquals(List.of(), ChunkPlan.of(new int[0], 10, 10));
  }

  @Test
  void clusters_lie_in_rows_padded_with_their_first_image() {
    PaddedClusters padded = new PaddedClusters(new int[][] {{7}, {5, 9}});
    assertArrayEquals(new int[] {7, 7, 5, 9}, padded.padded());
    assertArrayEquals(new int[] {7, 5, 9}, padded.flat());
    assertArrayEquals(new long[] {0, 0, 1, 2}, padded.rows());
    assertArrayEquals(new double[] {1, 0, 1, 1}, padded.mask());
    assertArrayEquals(new double[] {1, 0, 0.5, 0.5}, padded.spread(padded.evenWeights()));
  }

  private static void assertChunks(List<int[]> got, int[]... want) {
    assertEquals(Arrays.deepToString(want), Arrays.deepToString(got.toArray()));
  }
}
