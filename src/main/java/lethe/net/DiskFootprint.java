package lethe.net;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lethe.data.ImageSet;
import lethe.data.source.DataSource;
import lethe.plan.Plan;
import lethe.plan.RetainRecipe;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;

/**
 * Bytes that stages take of the disk, counted from shapes before anything runs: at least what they
 * really take, and little more. docs/memory-and-disk.md compares it with measurements.
 *
 * @param plan the stages, some of whose sizes depend on their inputs
 * @param images what a run uses of each dataset, by id
 */
public record DiskFootprint(Plan plan, Map<String, DataSource.Counts> images) {
  private static final int NUMBER = 4; // bytes of a float or an int
  private static final int BLOCK = 4096; // what file systems give at least
  private static final int ARRAY_HEADER = 128; // bytes a named array, in a safetensors header
  private static final int SHELVES = 256; // folders of two hexadecimal digits
  private static final int BLEND_CHUNK = 512; // clusters whose targets are kept
  private static final int CHECKPOINTS = 3; // the newest two, and the one being written
  private static final int SGD_COPIES = 2; // weights and velocity, or two sums of gradients
  private static final int ADAM_COPIES = 3;
  private static final int BLEND_STATE =
      64; // bytes an image: weights, velocity, padding to equal clusters

  public DiskFootprint {
    images = Map.copyOf(images);
  }

  /** Bytes that {@code left} of the plan's stages leave, and the checkpoints on their way. */
  public long of(Collection<StageKey> left) {
    long artifacts = 0;
    long largest = 0;
    for (StageKey key : left) {
      artifacts += artifact(plan.stage(key));
      largest = Math.max(largest, checkpoint(plan.stage(key)));
    }
    long shelves = Math.min(SHELVES, left.size());
    return artifacts + BLOCK * shelves + CHECKPOINTS * largest;
  }

  /** Bytes of the artifact a stage leaves: its folder, its manifest, its files. */
  public long artifact(Stage stage) {
    return 2 * BLOCK + files(stage);
  }

  private long files(Stage stage) {
    DataSource.Counts counts = counts(stage);
    long train = counts.trainTotal();
    long all = train + counts.testTotal();
    return switch (stage.kind()) {
      case SPLIT -> 2 * file(2, all); // who is who, and where the files have them
      case ORIGINAL, UNLEARNED -> weights(network(stage));
      case FEATURES -> file(1, train * embedder(stage.settings()).embedDimension());
      case CLUSTERS, PARTS -> file(2, train);
      case PROTOTYPES -> file(2, prototypes(stage) * (ImageSet.BYTES + 1L));
      case LOGITS -> file(1, (all + scoredPrototypes(stage)) * counts.classes().size());
      case SCORES, DISTANCES -> BLOCK;
    };
  }

  private static long file(int arrays, long numbers) {
    long bytes = NUMBER * numbers + (long) ARRAY_HEADER * (arrays + 1);
    return (bytes + BLOCK - 1) / BLOCK * BLOCK;
  }

  private static long weights(Network network) {
    return file(network.parameters().size(), numbers(network));
  }

  private static long numbers(Network network) {
    return network.parameters().stream().mapToLong(ParameterSpec::count).sum();
  }

  private long scoredPrototypes(Stage logits) {
    return Optional.ofNullable(logits.inputs().get(StageKind.PROTOTYPES.id()))
        .map(key -> prototypes(plan.stage(key)))
        .orElse(0L);
  }

  /**
   * Prototypes of a stage at most: one a cluster that may be free. An image that is forgotten by
   * chance takes its cluster along, so that the expected number of free clusters is at most the
   * share that stays; chance adds at most four standard deviations, each below √n / 2.
   */
  long prototypes(Stage stage) {
    Subject subject = stage.subject();
    int perClass = stage.settings().integer("clusters-per-class");
    List<Integer> most =
        counts(stage).train().stream().map(size -> Math.min(size, perClass)).toList();
    long clusters = most.stream().mapToLong(Integer::longValue).sum();
    boolean again = subject.recipe().filter(r -> r.clusteredAgain().isPresent()).isPresent();
    boolean residual = subject.recipe().equals(Optional.of(RetainRecipe.CONDENSED_RESIDUAL));
    Scenario scenario = subject.scenario().orElseThrow();
    if (scenario instanceof Scenario.Uniform uniform) {
      double stays = Math.pow(1 - uniform.fraction(), subject.round() + 1.0);
      long free = (long) Math.ceil(clusters * stays + 2 * Math.sqrt(clusters));
      return again ? clusters : Math.min(clusters, free);
    }
    if (scenario instanceof Scenario.File) {
      return clusters;
    }
    if (residual) {
      return 0; // a class is forgotten whole: no retained image shares a cluster with it
    }
    return clusters - forgotten(scenario, most, subject.round());
  }

  /** Clusters of the classes that are forgotten, at least. */
  private static long forgotten(Scenario scenario, List<Integer> ofClass, int round) {
    if (scenario instanceof Scenario.Classes listed) {
      return listed.classes().stream().mapToLong(ofClass::get).sum();
    }
    return scenario instanceof Scenario.RandomClass ? (round + 1L) * Collections.min(ofClass) : 0;
  }

  /** Bytes of the largest checkpoint of a stage; 0 where it leaves none. */
  long checkpoint(Stage stage) {
    Settings settings = stage.settings();
    return switch (stage.kind()) {
      case ORIGINAL, UNLEARNED -> {
        if (stage.kind() == StageKind.ORIGINAL && !settings.has("epochs")) {
          yield 0; // given weights are taken as they are
        }
        Network network = network(stage);
        int copies = settings.has("companions") ? ADAM_COPIES : SGD_COPIES;
        boolean keepsBest = stage.kind() == StageKind.ORIGINAL && settings.asPublished();
        long masks = settings.has("target-sparsity") ? numbers(network) : 0; // a byte each
        int arrays = (copies + 1) * network.parameters().size();
        yield file(arrays, numbers(network) * (copies + (keepsBest ? 1 : 0))) + masks;
      }
      case PROTOTYPES -> condensing(stage);
      default -> 0;
    };
  }

  private long condensing(Stage stage) {
    if (stage.settings().has("batch")) { // images and their velocity, and networks beside them
      long images = SGD_COPIES * prototypes(stage) * ImageSet.BYTES;
      long networks = SGD_COPIES * numbers(embedder(stage.settings()));
      return file(2 * counts(stage).classes().size(), images + networks);
    }
    long targets = (long) BLEND_CHUNK * embedder(stage.settings()).embedDimension();
    return file(2, BLEND_STATE / NUMBER * (long) counts(stage).trainTotal() + targets);
  }

  private Network network(Stage stage) {
    return Networks.of(stage.subject().network().orElseThrow(), counts(stage).classes().size());
  }

  private static Network embedder(Settings settings) {
    return new ConvNet(settings.integer("embedder-width"), settings.integer("embedder-depth"), 1);
  }

  private DataSource.Counts counts(Stage stage) {
    return Optional.ofNullable(images.get(stage.subject().dataset().id())).orElseThrow();
  }
}
