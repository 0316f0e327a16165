package lethe.bench.engine;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lethe.bench.Benchmark;
import lethe.bench.Effort;
import lethe.bench.Figures;
import lethe.bench.Goal;
import lethe.kernel.array.Draws;
import lethe.net.EngineSession;
import lethe.net.ImageTable;
import lethe.net.Inference;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import lethe.unlearn.Methods;
import lethe.unlearn.Task;

/**
 * What methods cost against the passes over images that their losses ask for: a forward pass is
 * one, a backward pass two. Whatever they take beyond is lost to something else.
 */
public final class EpochBenchmark implements Benchmark {
  private static final int TURNS = 3;
  private static final int STEPS = 6; // of CF's epoch
  private static final int RETAIN = STEPS * Bed.BATCH;
  private static final int OTHERS = 256; // in the forget set, and unseen

  /**
   * A method and its passes for each of CF's three.
   *
   * @param microBatch most images in one piece; 0 for no limit
   */
  private record Work(String name, String method, int epochs, int microBatch, double passes) {}

  private static final double SHARE = 0.62345; // of R that bad distillation shows
  private static final List<Work> ALL =
      List.of(
          new Work("A-CF", "a-cf", 1, 0, accelerated(3)),
          new Work("A-CF in pieces of 320", "a-cf", 1, 320, accelerated(4)),
          new Work("SCRUB, 4 epochs", "scrub", 4, 0, 4 * both() + both() / 3),
          new Work(
              "bad distillation, 4 epochs", "bad-distillation", 4, 0, (4 + 1 / 3.0) * shown()));

  /** A step of A-CF: 64 images of R and 256 of F forward and backward, 256 of T forward. */
  private static double accelerated(int trained) {
    return (trained * (1 + 4) + 4) / 3.0;
  }

  private static double both() {
    return (double) (RETAIN + OTHERS) / RETAIN;
  }

  private static double shown() {
    return (SHARE * RETAIN + OTHERS) / RETAIN;
  }

  @Override
  public String name() {
    return "epochs";
  }

  @Override
  public String about() {
    return "Unlearns with a ConvNet, and compares with CF by the passes over images.";
  }

  @Override
  public Effort effort() {
    return new Effort(0, 1, "2g");
  }

  @Override
  public void run(Path folder, Figures figures) throws Exception {
    try (EngineSession session = Bed.engine();
        ImageTable table = ImageTable.of(session, Bed.images(200, 64))) {
      Network network = Bed.network("convnet", "fp32");
      Weights start = Weights.initial(network, new Draws(1));
      for (int turn = 0; turn <= TURNS; turn++) {
        Figures counted = turn > 0 ? figures : new Figures();
        double cf = seconds(session, table, network, start, new Work("CF", "cf", 1, 0, 1));
        counted.add("an epoch of CF", "s", cf);
        for (Work work : ALL) {
          double took = seconds(session, table, network, start, work);
          counted.add(work.name() + ", passes for one of CF", "", work.passes());
          counted.add(work.name() + ", time for one of CF", "", took / cf);
          counted.add(
              work.name() + ", time / passes", "", took / cf / work.passes(), Goal.below(1.05));
        }
      }
    }
  }

  private static double seconds(
      EngineSession session, ImageTable table, Network network, Weights start, Work work)
      throws Exception {
    Inference inference = new Inference(session, network, table, Signals.NONE);
    int[] train = IntStream.range(0, table.trainSize()).toArray();
    Task task =
        new Task(
            settings(work),
            RetainRecipe.WHOLE,
            IntStream.of(train).limit(RETAIN).toArray(),
            IntStream.of(train).skip(RETAIN).limit(OTHERS).toArray(),
            IntStream.of(table.testImages()).limit(OTHERS).toArray(),
            start,
            images -> inference.logits(start, images),
            inference,
            Bed.SEEDS);
    TrainLoop loop = new TrainLoop(session, network, table, work.microBatch());
    return Figures.seconds(
        () -> {
          Methods.of(work.method()).unlearn(task, loop, Signals.NONE);
          session.sync();
        });
  }

  /** The method's defaults with other epochs. */
  private static Settings settings(Work work) {
    Config defaults =
        ConfigFactory.parseResources("reference.conf").getConfig("lethe.unlearn." + work.method());
    Map<String, String> all = new TreeMap<>();
    for (Map.Entry<String, ConfigValue> entry : defaults.entrySet()) {
      all.put(entry.getKey(), entry.getValue().unwrapped().toString());
    }
    all.put("epochs", "" + work.epochs());
    return Settings.of(all);
  }
}
