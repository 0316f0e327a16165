package lethe.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.data.ForgetSplit;
import lethe.data.RetainParts;
import lethe.data.Scores;
import lethe.kernel.array.Draws;
import lethe.plan.Settings;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final Settings SETTINGS =
      Settings.of(Map.of("folds", "5", "swap-threshold", "42"));
  private static final int EACH = 60; // images of each of two classes, in training and test

  @Test
  void accuracies_are_taken_on_their_own_images() {
    // Training 0..3 right except 1, test 0..3 right except 0, labels 0 1 0 1 on both sides.
    float[] logits = {2, 1, 5, 0, 3, 1, 0, 1, /* test */ 0, 1, 0, 1, 1, 0, 0, 1};
    int[] labels = {0, 1, 0, 1};
    ForgetSplit split =
        new ForgetSplit(new int[] {0, 1}, new int[] {2, 3}, new int[] {1}, new int[] {0, 2, 3});
    Scores scores = Scoring.score(logits, labels, labels, split, Optional.empty(), SETTINGS, 1);
    assertEquals(50, scores.values().get("forget-accuracy"));
    assertEquals(100, scores.values().get("retain-accuracy"));
    assertEquals(100 * 2 / 3.0, scores.values().get("test-accuracy"));
    assertFalse(scores.values().containsKey("mia-published"));
    assertTrue(scores.flags().contains("too-few-for-attack"));
  }

  @Test
  void free_and_residual_images_and_all_that_was_forgotten_have_their_own_accuracy() {
    // Training images 0..5 of class 0, of which 1, 3 and 5 are right. Now 0 is forgotten, earlier
    // 1; of the retained ones 2 and 3 are residual, 4 and 5 free: 50 percent each.
    float[] logits = {0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, /* test */ 1, 0};
    ForgetSplit split =
        new ForgetSplit(
            new int[] {0}, new int[] {2, 3, 4, 5}, new int[0], new int[] {0}, new int[] {1});
    RetainParts parts = new RetainParts(new int[] {7}, new int[] {2, 3});
    Scores scores =
        Scoring.score(logits, new int[6], new int[1], split, Optional.of(parts), SETTINGS, 1);
    assertEquals(50, scores.values().get("free-retain-accuracy"));
    assertEquals(50, scores.values().get("residual-retain-accuracy"));
    assertEquals(0, scores.values().get("forget-accuracy"));
    assertEquals(50, scores.values().get("all-forgotten-accuracy"));
    RetainParts allFree = new RetainParts(new int[] {7}, new int[0]);
    Scores without =
        Scoring.score(logits, new int[6], new int[1], split, Optional.of(allFree), SETTINGS, 1);
    assertEquals(50, without.values().get("free-retain-accuracy"));
    assertFalse(without.values().containsKey("residual-retain-accuracy"));
  }

  @Test
  void forgetting_nothing_leaves_retain_and_test_accuracy() {
    ForgetSplit split = classForgetting();
    Scores scores =
        Scoring.score(
            margins(4, 1),
            labels(),
            labels(),
            new ForgetSplit(new int[0], split.retain(), new int[0], split.evaluation()),
            Optional.empty(),
            SETTINGS,
            1);
    assertEquals(Set.of("retain-accuracy", "test-accuracy"), scores.values().keySet());
    assertEquals(List.of(), scores.flags());
  }

  @Test
  void rank_auc_compares_forget_images_with_unseen_ones_of_their_class() {
    // Class 0 is forgotten, with larger margins (4) than the unseen ones (1); class 1 is no matter.
    Scores scores =
        Scoring.score(
            margins(4, 1), labels(), labels(), classForgetting(), Optional.empty(), SETTINGS, 1);
    assertEquals(100, scores.values().get("mia-rank-auc"));
    assertEquals(100, scores.values().get("mia-published"));
    assertEquals(List.of(), scores.flags());
  }

  @Test
  void forget_images_that_stand_out_are_flagged_over_forgotten() {
    Scores scores =
        Scoring.score(
            margins(1, 4), labels(), labels(), classForgetting(), Optional.empty(), SETTINGS, 1);
    assertEquals(0, scores.values().get("mia-rank-auc"));
    assertEquals(100, scores.values().get("mia-published")); // the published attack learns the sign
    assertEquals(List.of("over-forgotten"), scores.flags());
  }

  @Test
  void equal_logits_are_chance_and_collapsed() {
    Scores scores =
        Scoring.score(
            new float[4 * EACH * 2],
            labels(),
            labels(),
            classForgetting(),
            Optional.empty(),
            SETTINGS,
            1);
    assertEquals(50, scores.values().get("mia-rank-auc"));
    assertEquals(50, scores.values().get("mia-published"));
    assertEquals(List.of("collapsed"), scores.flags());
  }

  @Test
  void a_triggered_swap_rule_is_flagged() {
    Settings always = Settings.of(Map.of("folds", "5", "swap-threshold", "100"));
    Scores scores =
        Scoring.score(
            margins(4, 1), labels(), labels(), classForgetting(), Optional.empty(), always, 1);
    assertTrue(scores.flags().contains("swapped-attack"));
  }

  /** Of class 0 both sides look alike; images of class 1, which the swap lets in, do not. */
  @Test
  void the_published_swap_compares_f_with_test_images_of_all_classes() {
    float[] logits = margins(1, 1);
    for (int image = 3 * EACH; image < 4 * EACH; image++) {
      logits[2 * image + 1] = 9; // class 1 among the test images
    }
    Map<String, String> always = Map.of("folds", "5", "swap-threshold", "100");
    Map<String, String> published = new HashMap<>(always);
    published.put("protocol", "as-published");
    assertTrue(score(logits, always) < 51, "equal scores");
    assertTrue(score(logits, published) > 60, "half of E stands out: about 75");
  }

  private static double score(float[] logits, Map<String, String> settings) {
    return Scoring.score(
            logits,
            labels(),
            labels(),
            classForgetting(),
            Optional.empty(),
            Settings.of(settings),
            1)
        .values()
        .getOrDefault("mia-published", Double.NaN);
  }

  @Test
  void a_retain_accuracy_on_prototypes_is_flagged() {
    // Two training images, both wrong, one test image; of two prototypes the first is right.
    float[] logits = {0, 1, 0, 1, /* test */ 1, 0, /* prototypes */ 1, 0, 1, 0};
    ForgetSplit split = new ForgetSplit(new int[] {0}, new int[] {1}, new int[0], new int[] {0});
    Scoring.TrainedOn prototypes = new Scoring.TrainedOn(new int[] {3, 4}, new int[] {0, 1});
    Scores scores =
        Scoring.score(
            logits,
            new int[2],
            new int[1],
            split,
            Optional.empty(),
            Optional.of(prototypes),
            SETTINGS,
            1);
    assertEquals(50, scores.values().get("retain-accuracy"));
    assertEquals(0, scores.values().get("forget-accuracy"));
    assertTrue(scores.flags().contains("retain-on-prototypes"));
  }

  @Test
  void no_unseen_image_of_the_forgotten_class_means_no_attack() {
    ForgetSplit split = classForgetting();
    int[] otherClass = IntStream.range(EACH, 2 * EACH).toArray();
    Scores scores =
        Scoring.score(
            margins(4, 1),
            labels(),
            labels(),
            new ForgetSplit(split.forget(), split.retain(), new int[0], otherClass),
            Optional.empty(),
            SETTINGS,
            1);
    assertFalse(scores.values().containsKey("mia-rank-auc"));
    assertFalse(scores.values().containsKey("mia-published"));
    assertEquals(List.of("no-non-members"), scores.flags());
  }

  @Test
  void logits_that_are_not_finite_are_wrong_and_flagged() {
    float[] logits = margins(4, 1);
    logits[0] = Float.NaN;
    Scores scores =
        Scoring.score(logits, labels(), labels(), classForgetting(), Optional.empty(), SETTINGS, 1);
    assertEquals(100.0 * (EACH - 1) / EACH, scores.values().get("forget-accuracy"));
    assertFalse(scores.values().containsKey("mia-published"));
    assertEquals(List.of("diverged"), scores.flags());
  }

  @Test
  void the_same_seed_gives_the_same_scores() {
    Draws draws = new Draws(5);
    float[] logits = new float[4 * EACH * 2];
    for (int e = 0; e < logits.length; e++) {
      logits[e] = (float) draws.uniform(-3, 3);
    }
    ForgetSplit split = classForgetting();
    assertEquals(
        Scoring.score(logits, labels(), labels(), split, Optional.empty(), SETTINGS, 9),
        Scoring.score(logits, labels(), labels(), split, Optional.empty(), SETTINGS, 9));
  }

  /** Class 0 is forgotten, class 1 retained, all test images are reported on. */
  private static ForgetSplit classForgetting() {
    return new ForgetSplit(
        IntStream.range(0, EACH).toArray(),
        IntStream.range(EACH, 2 * EACH).toArray(),
        new int[0],
        IntStream.range(0, 2 * EACH).toArray());
  }

  private static int[] labels() {
    return IntStream.range(0, 2 * EACH).map(i -> i < EACH ? 0 : 1).toArray();
  }

  /** Every image right, by {@code trained} for training and {@code unseen} for test images. */
  private static float[] margins(float trained, float unseen) {
    float[] logits = new float[4 * EACH * 2];
    for (int i = 0; i < 4 * EACH; i++) {
      logits[2 * i + (i / EACH) % 2] = (i < 2 * EACH ? trained : unseen) + 0.001f * (i % EACH);
    }
    return logits;
  }
}
