package lethe.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import org.junit.jupiter.api.Test;

class FootprintTest {
  private static final Settings ACCELERATED = Settings.of(Map.of("batch", "64", "companions", "4"));
  private static final Settings PLAIN = Settings.of(Map.of("batch", "64"));
  private static final long GIB = 1L << 30;

  private final Footprint footprint = new Footprint();

  private static Spec network(String id) {
    return new Spec(id, Settings.of(Map.of("width", "8", "depth", "2")), new TreeMap<>());
  }

  @Test
  void kept_numbers_are_those_of_the_layers() {
    // width 8: 8 x 32 x 32 = 8,192 twice and a quarter of it; then 8 x 16 x 16 = 2,048 likewise
    assertEquals(2 * 8192 + 2048 + 2 * 2048 + 512, new ConvNet(8, 2, 10).keptNumbers());
    assertEquals(8192, new ConvNet(8, 2, 10).widestNumbers());
    // ResNet-18: stem 2 x 65,536; a block of the first stage 5 x 65,536; of the second, first
    // 5 x 32,768 and its projection 2 x 32,768, then 5 x 32,768; each later stage half of that
    long stages = 10 * 65_536 + 12 * 32_768 + 12 * 16_384 + 12 * 8_192;
    assertEquals(2 * 65_536 + stages, Networks.of(network("resnet-18"), 10).keptNumbers());
  }

  @Test
  void a_step_is_split_only_where_it_does_not_fit() {
    assertEquals(0, footprint.microBatch(network("resnet-18"), ACCELERATED, 7 * GIB));
    assertEquals(0, footprint.microBatch(network("resnet-50"), PLAIN, 7 * GIB));
    // 576 images of 25 MB each and the rest need 15 GiB; 256 of them just miss 7
    assertEquals(128, footprint.microBatch(network("resnet-50"), ACCELERATED, 7 * GIB));
    assertEquals(0, footprint.microBatch(network("resnet-50"), ACCELERATED, 0), "no limit");
    assertEquals(1, footprint.microBatch(network("resnet-50"), ACCELERATED, 1), "never fits");
  }

  @Test
  void what_was_chosen_fits_and_twice_as_much_does_not() {
    for (String id : new String[] {"convnet", "resnet-18", "resnet-50"}) {
      for (long budget = GIB; budget < 16 * GIB; budget *= 2) {
        int most = footprint.microBatch(network(id), ACCELERATED, budget);
        Network net = Networks.of(network(id), 10);
        if (most > 1) {
          assertTrue(Footprint.training(net, most) <= budget, id + " " + budget);
        }
        if (most > 0 && most < 512) {
          assertTrue(Footprint.training(net, 2L * most) > budget, id + " " + budget);
        }
      }
    }
  }

  @Test
  void batch_norm_is_never_split() {
    assertEquals(0, footprint.microBatch(network("resnet-50-bn"), ACCELERATED, GIB));
  }

  @Test
  void passes_shrink_by_half_until_there_is_one_image() {
    // 64 + 256 + 256 = 576 images: 256, then 128, ... 1, then nothing is left to try
    assertEquals(256, footprint.smallerPasses(stage("convnet", 0)));
    assertEquals(128, footprint.smallerPasses(stage("convnet", 256)));
    assertEquals(1, footprint.smallerPasses(stage("convnet", 2)));
    assertEquals(0, footprint.smallerPasses(stage("convnet", 1)));
    assertEquals(0, footprint.smallerPasses(stage("resnet-18-bn", 0)), "batch norm");
  }

  @Test
  void idm_holds_the_passes_of_all_its_networks() {
    long one = footprint.peak(idm(1), 0);
    long three = footprint.peak(idm(3), 0);
    long parameters = 768L << 20; // what the process holds anyhow counts once
    assertTrue(three - parameters > 2 * (one - parameters), one + " and " + three);
  }

  private static Stage idm(int networks) {
    TreeMap<String, String> settings = new TreeMap<>();
    settings.put("condenser", "idm");
    settings.put("batch", "256");
    settings.put("clusters-per-class", "10");
    settings.put("embedder-width", "128");
    settings.put("embedder-depth", "3");
    settings.put("networks", String.valueOf(networks));
    Subject subject = Subject.of(network("glyphs"), 1);
    return new Stage(
        StageKind.PROTOTYPES, subject, new Settings(settings), new TreeMap<>(), new TreeMap<>());
  }

  private static Stage stage(String network, int microBatch) {
    Subject subject = Subject.of(network("glyphs"), 1).on(network(network));
    TreeMap<String, String> ingredients = new TreeMap<>();
    ingredients.put("micro-batch", String.valueOf(microBatch));
    return new Stage(StageKind.UNLEARNED, subject, ACCELERATED, new TreeMap<>(), ingredients);
  }
}
