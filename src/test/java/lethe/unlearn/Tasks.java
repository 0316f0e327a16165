package lethe.unlearn;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.kernel.array.Draws;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Inference;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.StepSeeds;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;

/** A small task: ten training and ten test images, one of each class. */
final class Tasks {
  private static final int CLASSES = 10;

  private Tasks() {}

  /** The defaults of a method on a small scale, and other values of some of them. */
  static Map<String, String> settings(String method, String... others) {
    Map<String, String> settings = new TreeMap<>();
    ConfigFactory.parseResources("reference.conf")
        .getConfig("lethe.unlearn." + method)
        .entrySet()
        .forEach(e -> settings.put(e.getKey(), e.getValue().unwrapped().toString()));
    settings.computeIfPresent("batch", (k, v) -> "4");
    settings.computeIfPresent("epochs", (k, v) -> String.valueOf(Math.min(5, Integer.parseInt(v))));
    for (int i = 0; i < others.length; i += 2) {
      if (settings.containsKey(others[i])) {
        settings.put(others[i], others[i + 1]);
      }
    }
    return settings;
  }

  /** The training of a method that is one. */
  static Training training(String method, Task task) {
    return ((Trained) Methods.of(method)).training(task);
  }

  /** The images every task is about. */
  static ImageTable images(EngineSession session) {
    return ImageTable.of(session, dataset(new Draws(1)), Optional.empty());
  }

  /** Images 0 to 9 train; F is the first two, T the tests of all classes. */
  static Task of(Settings settings, Network network, EngineSession session) {
    Draws draws = new Draws(1);
    ImageTable table = ImageTable.of(session, dataset(draws), Optional.empty());
    Weights start = Weights.initial(network, draws);
    Inference inference = new Inference(session, network, table, Signals.NONE);
    return new Task(
        settings,
        RetainRecipe.WHOLE,
        new int[] {2, 3, 4, 5, 6, 7, 8, 9},
        new int[] {0, 1},
        new int[] {10, 11, 12, 13, 14, 15, 16, 17, 18, 19},
        start,
        images -> inference.logits(start, images),
        inference,
        StepSeeds.semantic("small", 1, "unlearn"));
  }

  private static Dataset dataset(Draws draws) {
    float[] half = {0.5f, 0.5f, 0.5f};
    List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    return new Dataset("small", names, half, half, images(draws), images(draws));
  }

  private static ImageSet images(Draws draws) {
    byte[] pixels = new byte[CLASSES * ImageSet.BYTES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) draws.nextInt(256);
    }
    return new ImageSet(pixels, new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  }
}
