package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Network;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.Sgd;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TaughtTest {
  private static final Network NETWORK = new ConvNet(4, 3, 10);
  private static final int[] FORGET = {0, 1};
  private static final int[] RETAIN = {2, 3, 4, 5, 6, 7, 8, 9};

  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void bad_distillation_shuffles_all_of_f_and_the_same_share_of_r_every_epoch() {
    // int(0.62345 * 8) = 4 of R, and 2 of F
    Training training = training("bad-distillation");
    assertEquals(new Sgd(0.9, 5e-4), training.optimizer());
    assertEquals(0.01, training.learningRateOf().applyAsDouble(0));
    assertEquals(0.01, training.learningRateOf().applyAsDouble(4));
    Pass first = training.passesOf().apply(0).get(0);
    assertEquals(Role.MIXED, first.leading());
    assertEquals(6, IntStream.of(first.pool()).distinct().count());
    assertTrue(contains(first.pool(), FORGET));
    assertArrayEquals(first.pool(), training.passesOf().apply(4).get(0).pool());
  }

  @Test
  void bad_distillation_may_show_all_of_r_or_none() {
    int[] all = pool(Tasks.settings("bad-distillation", "partial-retain-ratio", "1"));
    assertEquals(10, all.length);
    assertTrue(contains(all, RETAIN));
    int[] none = pool(Tasks.settings("bad-distillation", "partial-retain-ratio", "0"));
    assertArrayEquals(FORGET, none);
  }

  @Test
  void the_good_teacher_answers_for_r_and_the_bad_one_for_f() {
    Task task = task(Tasks.settings("bad-distillation", "partial-retain-ratio", "1"));
    TeacherLogits teacher =
        assertInstanceOf(TeacherLogits.class, new BadDistillation().teacher(task));
    assertArrayEquals(answers(task, task.start(), RETAIN), teacher.of(RETAIN), 1e-5f);
    Draws draws = new Draws(task.seeds().of("bad-teacher", 0, 0));
    Weights bad = Weights.initial(NETWORK, draws);
    assertArrayEquals(answers(task, bad, FORGET), teacher.of(FORGET), 1e-5f);
    assertFalse(Arrays.equals(answers(task, task.start(), FORGET), teacher.of(FORGET)));
  }

  @Test
  void as_published_all_of_a_condensed_retain_set_is_shown() {
    Map<String, String> published = Tasks.settings("bad-distillation");
    published.put("protocol", "as-published");
    assertEquals(2 + 4, pool(published).length, "F and 62 percent of eight, rounded down");
    Task whole = task(published);
    Task reduced =
        new Task(
            whole.settings(),
            RetainRecipe.REDUCED,
            whole.retain(),
            whole.forget(),
            whole.unseen(),
            whole.start(),
            whole.answers(),
            whole.inference(),
            whole.seeds());
    Training training = Tasks.training("bad-distillation", reduced);
    assertEquals(2 + 8, training.passesOf().apply(0).get(0).pool().length);
  }

  @Test
  void a_teacher_tells_images_apart_by_their_numbers() {
    Task task = task(Tasks.settings("scrub"));
    TeacherLogits teacher = TeacherLogits.ofStart(task, new int[] {7, 3});
    float[] both = teacher.of(new int[] {3, 7});
    assertArrayEquals(answers(task, task.start(), new int[] {3}), Arrays.copyOf(both, 10), 1e-5f);
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> teacher.of(new int[] {3, 4}));
    assertEquals("No teacher was asked about image 4", refusal.getMessage());
  }

  @Test
  void scrub_maximises_in_one_epoch_more_than_m() {
    // m = 1: epochs 0 and 1 begin with a pass over F; every epoch ends with one over R
    Training training = Tasks.training("scrub", task(Tasks.settings("scrub", "m-steps", "1")));
    List<List<Role>> walks = new ArrayList<>();
    for (int epoch = 0; epoch < 3; epoch++) {
      walks.add(training.passesOf().apply(epoch).stream().map(Pass::leading).toList());
    }
    List<Role> two = List.of(Role.FORGET, Role.RETAIN);
    assertEquals(List.of(two, two, List.of(Role.RETAIN)), walks);
    assertArrayEquals(FORGET, training.passesOf().apply(0).get(0).pool());
    assertEquals(0.002, training.learningRateOf().applyAsDouble(0), 1e-15); // 0.01 / 5
    assertEquals(1 + 2, training.passesOf().apply(0).stream().mapToInt(p -> p.steps(4)).sum());
  }

  @Test
  void a_student_that_is_its_teacher_has_nothing_to_unlearn_at_first() {
    // the first loss is -0.2 KL(θ, θ) = 0
    List<Double> losses = losses(task(Tasks.settings("scrub", "epochs", "1")), new Scrub());
    assertEquals(0, losses.get(0), 1e-6);
    assertTrue(losses.get(1) > 1, "then 0.99 CE of ten classes: about 2.3");
  }

  @Test
  void distillation_walks_over_r_alone_at_a_constant_rate() {
    Training training = training("distillation");
    assertEquals(new Sgd(0.86, 0.001), training.optimizer());
    assertEquals(0.04, training.learningRateOf().applyAsDouble(4));
    List<Pass> passes = training.passesOf().apply(0);
    assertEquals(1, passes.size());
    assertEquals(Role.RETAIN, passes.get(0).leading());
    assertArrayEquals(RETAIN, passes.get(0).pool());
  }

  /**
   * The loss of the first step, worked by hand: a teacher that thinks every class as likely has p_t
   * = 1/10 at any temperature, so KL_T = T² mean_i (log 1/10 - mean_c log p_s(c)).
   */
  @Test
  void distillation_weighs_entropy_and_divergence_from_its_teacher() {
    Map<String, String> settings =
        Tasks.settings("distillation", "kl-weight", "50", "main-weight", "0.5", "batch", "8");
    Task plain = task(settings);
    Task taught =
        new Task(
            plain.settings(),
            plain.recipe(),
            plain.retain(),
            plain.forget(),
            plain.unseen(),
            plain.start(),
            images -> new float[images.length * 10],
            plain.inference(),
            plain.seeds());
    double entropy = 0;
    double divergence = 0;
    for (int image : RETAIN) { // its label is its number
      float[] z = answers(plain, plain.start(), new int[] {image});
      entropy -= logShare(z, image, 1) / 8;
      for (int c = 0; c < 10; c++) {
        divergence += 4 * 0.1 * (Math.log(0.1) - logShare(z, c, 2)) / 8;
      }
    }
    double expected = 0.5 * entropy + 50 * divergence;
    assertTrue(50 * divergence > 0.1, "the second term is seen: " + 50 * divergence);
    assertEquals(expected, losses(taught, new Distillation()).get(0), 1e-4 * expected);
  }

  /** log softmax(z / T) of one class. */
  private static double logShare(float[] z, int label, double temperature) {
    double sum = 0;
    for (float logit : z) {
      sum += Math.exp(logit / temperature);
    }
    return z[label] / temperature - Math.log(sum);
  }

  @Test
  void accelerated_bad_distillation_squares_the_divergence() {
    // no weight on the distance: the first loss is the square of the plain method's
    Map<String, String> settings = Tasks.settings("a-bad-distillation", "mmd-weight", "0");
    double plain =
        losses(
                task(Tasks.settings("bad-distillation", "batch", "6", "epochs", "1")),
                new BadDistillation())
            .get(0);
    settings.put("batch", "6"); // all in one step, whatever the order
    double squared = losses(task(settings), (Trained) Methods.of("a-bad-distillation")).get(0);
    assertEquals(plain * plain, squared, 1e-5 * squared);
  }

  private int[] pool(Map<String, String> settings) {
    Task task = task(settings);
    return Tasks.training("bad-distillation", task).passesOf().apply(0).get(0).pool();
  }

  private static boolean contains(int[] pool, int[] images) {
    return IntStream.of(images).allMatch(i -> IntStream.of(pool).anyMatch(p -> p == i));
  }

  private static float[] answers(Task task, Weights weights, int[] images) {
    return task.inference().logits(weights, images);
  }

  private List<Double> losses(Task task, Trained method) {
    List<Double> losses = new ArrayList<>();
    Signals collecting =
        new Signals() {
          @Override
          public boolean stopRequested() {
            return false;
          }

          @Override
          public void progress(long done, long total, double loss) {
            losses.add(loss);
          }
        };
    new TrainLoop(session, NETWORK, task.inference().table(), 0)
        .run(task.start(), method.training(task), collecting);
    return losses;
  }

  private Training training(String id) {
    return Tasks.training(id, task(Tasks.settings(id)));
  }

  private Task task(Map<String, String> settings) {
    return Tasks.of(Settings.of(settings), NETWORK, session);
  }
}
