package lethe.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriersTest {
  private final Path folder;

  CarriersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void a_split_survives_its_file() throws IOException {
    Path file = folder.resolve("split");
    new ForgetSplit(new int[] {1}, new int[] {0, 2}, new int[] {4}, new int[0]).write(file);
    ForgetSplit read = ForgetSplit.read(file);
    assertArrayEquals(new int[] {1}, read.forget());
    assertArrayEquals(new int[] {0, 2}, read.retain());
    assertArrayEquals(new int[] {4}, read.unseen());
    assertArrayEquals(new int[0], read.evaluation());
    assertArrayEquals(new int[0], read.earlier());
  }

  @Test
  void a_later_round_remembers_what_is_gone() throws IOException {
    Path file = folder.resolve("split");
    new ForgetSplit(new int[] {1}, new int[] {2}, new int[0], new int[0], new int[] {0, 3})
        .write(file);
    assertArrayEquals(new int[] {0, 3}, ForgetSplit.read(file).earlier());
    assertArrayEquals(new int[] {0, 1, 3}, ForgetSplit.read(file).allForgotten());
  }

  @Test
  void clusters_survive_their_file() throws IOException {
    Path file = folder.resolve("clusters");
    new Clusters(2, 2, new int[] {3, 0, 0}).write(file);
    Clusters read = Clusters.read(file);
    assertEquals(2, read.clustersPerClass());
    assertEquals(2, read.classes());
    // Cluster 0 has the images 1 and 2, clusters 1 and 2 none, cluster 3 image 0.
    assertArrayEquals(new int[][] {{1, 2}, {}, {}, {0}}, read.members());
  }

  @Test
  void an_image_may_have_no_cluster() throws IOException {
    Path file = folder.resolve("clusters");
    new Clusters(1, 2, new int[] {1, Clusters.NONE, 0}).write(file);
    assertArrayEquals(new int[][] {{2}, {0}}, Clusters.read(file).members());
  }

  @Test
  void free_images_are_the_retained_ones_that_are_not_residual() {
    RetainParts parts = new RetainParts(new int[] {0}, new int[] {2, 5});
    assertArrayEquals(new int[] {1, 7}, parts.freeSet(new int[] {1, 2, 5, 7}));
  }

  @Test
  void a_cluster_outside_the_grid_is_refused() throws IOException {
    Path file = folder.resolve("clusters");
    new Clusters(2, 2, new int[] {4}).write(file);
    assertThrows(DataException.class, () -> Clusters.read(file));
  }

  @Test
  void retain_parts_and_prototypes_survive_their_files() throws IOException {
    Path file = folder.resolve("parts");
    new RetainParts(new int[] {5}, new int[] {7, 8}).write(file);
    assertArrayEquals(new int[] {5}, RetainParts.read(file).freeClusters());
    assertArrayEquals(new int[] {7, 8}, RetainParts.read(file).residualSet());

    float[] images = new float[2 * ImageSet.BYTES];
    images[ImageSet.BYTES] = -1.25f;
    new Prototypes(images, new int[] {3, 4}).write(file);
    assertArrayEquals(images, Prototypes.read(file).images());
    assertArrayEquals(new int[] {3, 4}, Prototypes.read(file).labels());

    new Prototypes(new float[0], new int[0]).write(file);
    assertEquals(0, Prototypes.read(file).labels().length);
  }

  @Test
  void a_file_of_another_kind_is_refused() throws IOException {
    Path file = folder.resolve("parts");
    new RetainParts(new int[0], new int[0]).write(file);
    DataException refused = assertThrows(DataException.class, () -> ForgetSplit.read(file));
    assertEquals(
        file + " holds no split: it has no array \"forget\", only free-clusters, residual-set.",
        refused.getMessage());
  }

  @Test
  void scores_are_sorted_json_with_every_bit() throws IOException {
    Path file = folder.resolve("scores.json");
    double third = 100.0 / 3;
    Scores scores =
        new Scores(
            new TreeMap<>(Map.of("test-accuracy", third, "mia-rank-auc", 50.0, "gap", 0.1)),
            List.of("swapped-attack"));
    scores.write(file);
    // 100/3 in double precision is 33.333333333333336, 17 digits.
    assertEquals(
        "{\"flags\":[\"swapped-attack\"],\"values\":"
            + "{\"gap\":0.1,\"mia-rank-auc\":50.0,\"test-accuracy\":33.333333333333336}}\n",
        Files.readString(file));
    assertEquals(scores, Scores.read(file));
  }

  @Test
  void numbers_that_json_cannot_say_survive() throws IOException {
    Path file = folder.resolve("scores.json");
    Scores scores =
        new Scores(
            new TreeMap<>(
                Map.of("a", Double.NaN, "b", Double.NEGATIVE_INFINITY, "c", -0.0, "d", 1e-300)),
            List.of());
    scores.write(file);
    assertEquals(scores, Scores.read(file));
  }

  @Test
  void cut_scores_are_refused_with_file_and_byte() throws IOException {
    Path file = folder.resolve("scores.json");
    Files.writeString(file, "{\"flags\":[],\"values\":{\"a\":1");
    String sentence = assertThrows(DataException.class, () -> Scores.read(file)).getMessage();
    assertTrue(sentence.startsWith(file + " holds no scores: no legal JSON from byte"), sentence);
    Files.writeString(file, "");
    assertThrows(DataException.class, () -> Scores.read(file));
  }
}
