package lethe.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import lethe.data.Clusters;
import lethe.data.RetainParts;
import org.junit.jupiter.api.Test;

class ForgetSamplingTest {
  // One class, clusters {0, 3}, {1, 2}, {} and {4}.
  private final Clusters clusters = new Clusters(4, 1, new int[] {0, 1, 1, 0, 3});

  @Test
  void clusters_without_a_forget_image_are_free_and_the_others_leave_their_rest() {
    // Forgetting 2 touches {1, 2}: 1 stays as it is; {0, 3} and {4} are condensed.
    RetainParts parts = ForgetSampling.parts(clusters, new int[] {2});
    assertArrayEquals(new int[] {0, 3}, parts.freeClusters());
    assertArrayEquals(new int[] {1}, parts.residualSet());
  }

  @Test
  void forgetting_nothing_frees_every_cluster_with_images() {
    RetainParts parts = ForgetSampling.parts(clusters, new int[0]);
    assertArrayEquals(new int[] {0, 1, 3}, parts.freeClusters());
    assertArrayEquals(new int[0], parts.residualSet());
  }

  @Test
  void forgetting_everything_leaves_nothing() {
    RetainParts parts = ForgetSampling.parts(clusters, new int[] {0, 1, 2, 3, 4});
    assertArrayEquals(new int[0], parts.freeClusters());
    assertArrayEquals(new int[0], parts.residualSet());
  }
}
