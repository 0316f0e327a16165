package lethe.net;

import java.util.Optional;
import lethe.plan.MemoryModel;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.plan.Subject;

/**
 * Memory of engine stages, counted from shapes: what the process holds anyhow, the parameters with
 * gradients, optimiser state and copies, and for each image in a pass what forward keeps for
 * backward and the largest layers' temporaries. docs/memory-and-disk.md compares it with
 * measurements.
 */
public final class Footprint implements MemoryModel {
  private static final int FLOAT = 4; // bytes
  private static final int CLASSES = 10; // more add a row each to the last layer: little
  private static final int IN_TRAINING = 3; // outputs of the widest layer, in a backward pass
  private static final int IN_INFERENCE =
      12; // a block's own, and the convolutions' rearranged copies
  private static final int COPIES = 6; // of parameters: raw, gradient, two of Adam, two on the host
  private static final long PROCESS = 768L << 20; // engine and Java, before any image
  private static final int CLUSTERS_TOGETHER = 512; // of Blend
  private static final int DOUBLE_GRAPH = 3; // a gradient's gradient keeps the first pass thrice

  @Override
  public int microBatch(Spec network, Settings settings, long budget) {
    Network net = Networks.of(network, CLASSES);
    int step = stepImages(settings);
    if (budget == 0 || net.mixesImages() || training(net, step) <= budget) {
      return 0;
    }
    int most = Integer.highestOneBit(step);
    while (most > 1 && training(net, most) > budget) {
      most /= 2;
    }
    return most;
  }

  /** Images of all roles in one step, at most. */
  private static int stepImages(Settings settings) {
    int batch = settings.has("batch") ? settings.integer("batch") : 1;
    return settings.has("companions")
        ? batch * (1 + 2 * settings.integer("companions")) // forgotten and unseen ones
        : 2 * batch; // a method may bring forgotten ones along, one for each
  }

  @Override
  public long peak(Stage stage, int microBatch) {
    Subject subject = stage.subject();
    return switch (stage.kind()) {
      case ORIGINAL, UNLEARNED -> {
        int step = stepImages(stage.settings());
        int together = microBatch == 0 ? step : Math.min(step, microBatch);
        yield training(network(subject.network()), together);
      }
      case LOGITS -> inference(network(subject.network()));
      case FEATURES -> inference(embedder(stage.settings()));
      case PROTOTYPES -> condensing(stage.settings());
      default -> 0;
    };
  }

  @Override
  public int smallerPasses(Stage stage) {
    boolean trains = stage.kind() == StageKind.ORIGINAL || stage.kind() == StageKind.UNLEARNED;
    if (!trains || network(stage.subject().network()).mixesImages()) {
      return 0;
    }
    int step = stepImages(stage.settings());
    int now = stage.microBatch() == 0 ? step : Math.min(step, stage.microBatch());
    return Integer.highestOneBit(now / 2);
  }

  private static Network network(Optional<Spec> spec) {
    return Networks.of(spec.orElseThrow(), CLASSES);
  }

  private static Network embedder(Settings settings) {
    return new ConvNet(
        settings.integer("embedder-width"), settings.integer("embedder-depth"), CLASSES);
  }

  /** Bytes of a step on {@code images} images. */
  static long training(Network network, long images) {
    long each = network.keptNumbers() + IN_TRAINING * network.widestNumbers();
    return PROCESS + FLOAT * (COPIES * network.parameterCount() + images * each);
  }

  private static long inference(Network network) {
    long each = IN_INFERENCE * network.widestNumbers();
    return PROCESS + FLOAT * (2 * network.parameterCount() + Inference.BATCH * each);
  }

  private static long condensing(Settings settings) {
    Network embedder = embedder(settings);
    String condenser = settings.text("condenser");
    if (settings.has("batch")) {
      int images = settings.integer("batch") + settings.integer("clusters-per-class");
      int networks = settings.has("networks") ? settings.integer("networks") : 1; // seen at once
      int passes = condenser.equals("gm") ? DOUBLE_GRAPH : networks;
      return training(embedder, (long) images * passes);
    }
    return condenser.equals("blend") ? training(embedder, CLUSTERS_TOGETHER) : PROCESS;
  }
}
