package lethe.unlearn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NegGradPlusTest {
  private static final Network NETWORK = new ConvNet(4, 3, 10);
  private final EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));

  @AfterEach
  void close() {
    session.close();
  }

  private Task task(String... others) {
    TreeMap<String, String> settings = new TreeMap<>(Tasks.settings("neg-grad-plus", others));
    return Tasks.of(new Settings(settings), NETWORK, session);
  }

  /** Mean cross-entropy of images whose class is their number, from the engine's own logits. */
  private static double entropy(Task task, Weights weights, int[] images) {
    float[] logits = task.inference().logits(weights, images);
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      double all = 0;
      for (int c = 0; c < 10; c++) {
        all += Math.exp(logits[10 * i + c]);
      }
      sum += Math.log(all) - logits[10 * i + images[i]];
    }
    return sum / images.length;
  }

  private Weights run(Task task, List<Double> losses) {
    Signals signals =
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
    return new TrainLoop(session, NETWORK, Tasks.images(session), 0)
        .run(task.start(), new NegGradPlus().training(task), signals);
  }

  @Test
  void its_first_loss_is_the_weighted_difference_of_the_mean_losses() {
    Task task = task("batch", "64", "epochs", "1", "main-weight", "0.75");
    List<Double> losses = new ArrayList<>();
    run(task, losses);
    double retain = entropy(task, task.start(), task.retain());
    double forget = entropy(task, task.start(), task.forget());
    assertEquals(0.75 * retain - 0.25 * forget, losses.get(0), 1e-5);
  }

  @Test
  void it_unlearns_the_forgotten_and_learns_the_retained() {
    Task task = task("epochs", "5", "main-weight", "0.6");
    Weights end = run(task, new ArrayList<>());
    assertTrue(
        entropy(task, end, task.forget()) > entropy(task, task.start(), task.forget()) + 0.1);
    assertTrue(
        entropy(task, end, task.retain()) < entropy(task, task.start(), task.retain()) - 0.1);
  }
}
