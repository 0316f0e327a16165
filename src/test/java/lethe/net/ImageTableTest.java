package lethe.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import lethe.data.Dataset;
import lethe.data.ImageSet;
import lethe.data.Prototypes;
import lethe.kernel.array.Draws;
import org.junit.jupiter.api.Test;

class ImageTableTest {
  private final Dataset dataset = SmallImages.dataset(10, 6, 3);

  @Test
  void one_numbering_reaches_training_images_test_images_and_prototypes() {
    float[] prototype = new float[2 * ImageSet.BYTES];
    Arrays.fill(prototype, ImageSet.BYTES, prototype.length, -1.5f);
    Prototypes prototypes = new Prototypes(prototype, new int[] {2, 1});
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));
        ImageTable table = ImageTable.of(session, dataset, Optional.of(prototypes));
        NDManager scope = session.scope()) {
      NDArray images = table.batch(session.kernels(scope), new int[] {17, 4, 12});
      assertEquals(18, table.size());
      assertEquals(16, table.firstPrototype());
      assertEquals(-1.5f, images.getFloat(0, 2, 31, 31));
      // Training image 4, red, first pixel: (byte / 255 - 0.5) / 0.25.
      assertEquals(normalised(dataset.train(), 4), images.getFloat(1, 0, 0, 0), 1e-6);
      // 12 is test image 2, for there are 10 training images.
      assertEquals(normalised(dataset.test(), 2), images.getFloat(2, 0, 0, 0), 1e-6);
      assertArrayEquals(
          new long[] {1, 1, 2}, table.labels(scope, new int[] {17, 4, 12}).toLongArray());
    }
  }

  @Test
  void an_images_scores_do_not_depend_on_its_neighbours() {
    Dataset more = SmallImages.dataset(300, 6, 3);
    Network network = new ConvNet(8, 3, 3);
    Weights weights = Weights.initial(network, new Draws(1));
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));
        ImageTable table = ImageTable.of(session, more)) {
      Inference inference = new Inference(session, network, table, Signals.NONE);
      float[] all = inference.logits(weights, IntStream.range(0, 300).toArray());
      float[] last = inference.logits(weights, IntStream.range(44, 300).toArray());
      assertArrayEquals(Arrays.copyOfRange(all, 44 * 3, 900), last, 1e-5f);
    }
  }

  private static double normalised(ImageSet images, int image) {
    return (Byte.toUnsignedInt(images.pixels()[image * ImageSet.BYTES]) / 255.0 - 0.5) / 0.25;
  }
}
