package lethe.partition;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lethe.data.Clusters;
import lethe.kernel.array.Draws;
import lethe.kernel.array.Products;
import lethe.net.Signals;
import lethe.net.StoppedException;
import org.junit.jupiter.api.Test;

class ClassPartitionTest {
  private final ClassPartition inTwo = new ClassPartition(2, 100, 1e-4);

  @Test
  void each_class_is_split_on_its_own() {
    // Class 0 at 0, 0.1 and 9; class 1 at 0 and 5: clusters 0 and 1, clusters 2 and 3.
    float[] features = {0, 5, 0.1f, 9, 0};
    int[] labels = {0, 1, 0, 0, 1};
    int[] of = partition(inTwo, features, labels, 2, Runnable::run, Signals.NONE).clusterOf();
    assertEquals(of[0], of[2]);
    assertTrue(of[0] != of[3] && of[3] < 2);
    assertTrue(of[1] != of[4] && of[1] >= 2 && of[4] >= 2);
  }

  @Test
  void the_result_does_not_depend_on_who_runs_it() {
    Draws draws = new Draws(3);
    float[] features = new float[200 * 6];
    int[] labels = new int[200];
    for (int e = 0; e < features.length; e++) {
      features[e] = (float) draws.nextDouble();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 4;
    }
    ClassPartition partition = new ClassPartition(10, 100, 1e-4);
    Clusters alone = partition(partition, features, labels, 4, Runnable::run, Signals.NONE);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    Clusters together = partition(partition, features, labels, 4, pool, Signals.NONE);
    pool.shutdown();
    assertArrayEquals(alone.clusterOf(), together.clusterOf());
  }

  @Test
  void a_class_without_images_has_empty_clusters() {
    Clusters clusters =
        partition(inTwo, new float[] {1, 2}, new int[] {2, 2}, 3, Runnable::run, Signals.NONE);
    assertEquals(6, clusters.members().length);
    assertEquals(0, clusters.members()[0].length);
  }

  @Test
  void a_class_smaller_than_its_clusters_is_an_error_that_names_it() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                partition(
                    inTwo,
                    new float[] {1, 2, 3},
                    new int[] {0, 0, 1},
                    2,
                    Runnable::run,
                    Signals.NONE));
    assertEquals(
        "clusters-per-class = 2 is more than the 1 training images of class 1", e.getMessage());
  }

  @Test
  void a_part_of_the_images_can_be_partitioned_alone() {
    // Of class 0 the images 0, 2 and 3 take part, at 0, 0.1 and 9; of class 1 only image 4, which
    // is a cluster of its own.
    Clusters clusters =
        inTwo.partition(
            new ClassPartition.Images(
                new float[] {0, 50, 0.1f, 9, 0, 5}, new int[] {0, 0, 0, 0, 1, 1}, 2),
            new int[] {0, 2, 3, 4},
            y -> new Draws(y),
            new ClassPartition.Tools(Products.inJava(), Runnable::run, Signals.NONE));
    int[] of = clusters.clusterOf();
    assertEquals(Clusters.NONE, of[1]);
    assertEquals(Clusters.NONE, of[5]);
    assertEquals(of[0], of[2]);
    assertTrue(of[3] != of[0] && of[3] < 2);
    assertArrayEquals(new int[] {4}, clusters.members()[2]);
    assertEquals(0, clusters.members()[3].length);
  }

  @Test
  void a_stop_is_heeded() {
    Signals stop =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return true;
          }

          @Override
          public void progress(long done, long total, double loss) {}
        };
    assertThrows(
        StoppedException.class,
        () -> partition(inTwo, new float[] {1, 2}, new int[] {0, 0}, 1, Runnable::run, stop));
  }

  private static Clusters partition(
      ClassPartition partition,
      float[] features,
      int[] labels,
      int classes,
      Executor executor,
      Signals signals) {
    return partition.partition(
        new ClassPartition.Images(features, labels, classes),
        y -> new Draws(y),
        new ClassPartition.Tools(Products.inJava(), executor, signals));
  }
}
