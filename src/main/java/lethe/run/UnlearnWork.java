package lethe.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lethe.data.ForgetSplit;
import lethe.kernel.array.Draws;
import lethe.net.ImageTable;
import lethe.net.Inference;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.StepSeeds;
import lethe.net.Stopwatch;
import lethe.net.TrainLoop;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.Seeds;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.plan.StartWeights;
import lethe.plan.Subject;
import lethe.unlearn.Answers;
import lethe.unlearn.Method;
import lethe.unlearn.Methods;
import lethe.unlearn.Task;

/** Stages that train: the original weights, and what a method makes of them. */
record UnlearnWork(Materials materials) {
  private static final String GIVEN = "given-weights";
  private static final String SMALLER_PASSES = "smaller-passes"; // after running out of memory

  Rooms.Report original(Stage stage, Signals signals) throws IOException {
    Optional<Path> given = StartWeights.of(stage.settings());
    return given.isPresent() ? given(stage, given.get()) : trained(stage, signals);
  }

  private Rooms.Report given(Stage stage, Path file) throws IOException {
    Stopwatch stopwatch = Stopwatch.start();
    Weights weights = Weights.given(file, materials.network(stage));
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.TRAIN,
        seconds,
        List.of(GIVEN),
        draft -> weights.write(draft.file(Materials.WEIGHTS)));
  }

  private Rooms.Report trained(Stage stage, Signals signals) throws IOException {
    Subject subject = stage.subject();
    ImageTable table = materials.images(stage);
    Network network = materials.network(stage);
    int[] pool = IntStream.range(0, table.trainSize()).toArray();
    StepSeeds seeds =
        StepSeeds.semantic(
            subject.dataset().id(),
            subject.seed(),
            "original",
            subject.network().orElseThrow().id());
    Training plain = Training.fromScratch(stage.settings(), pool, seeds);
    Training training =
        stage.settings().asPublished() ? plain.keepingTheBestOn(table.testImages()) : plain;
    Stopwatch stopwatch = clock(signals);
    Weights start = Weights.initial(network, weightDraws(subject, "original-weights"));
    Weights trained = loop(stage, network, table).run(start, training, signals);
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.TRAIN, seconds, flags(stage), draft -> trained.write(draft.file(Materials.WEIGHTS)));
  }

  Rooms.Report unlearned(Stage stage, Signals signals) throws IOException {
    Subject subject = stage.subject();
    ImageTable table = materials.images(stage);
    Network network = materials.network(stage);
    Method method = Methods.of(subject.method().orElseThrow());
    Weights start =
        method.startsFresh()
            ? Weights.initial(network, weightDraws(subject, "fresh-weights"))
            : materials.input(
                stage, "original", Materials.WEIGHTS, file -> Weights.read(file, network));
    ForgetSplit split = materials.split(stage);
    Inference inference = new Inference(materials.engine(), network, table, signals);
    Task task =
        new Task(
            stage.settings(),
            subject.recipe().orElseThrow(),
            retained(stage, table),
            split.forget(),
            Arrays.stream(split.unseen()).map(i -> table.trainSize() + i).toArray(),
            start,
            answers(stage, start, inference),
            inference,
            seeds(subject, method));
    Stopwatch stopwatch = clock(signals);
    Weights unlearned = method.unlearn(task, loop(stage, network, table), signals);
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.UNLEARN,
        seconds,
        flags(stage),
        draft -> unlearned.write(draft.file(Materials.WEIGHTS)));
  }

  private static List<String> flags(Stage stage) {
    return stage.hasSmallerPasses() ? List.of(SMALLER_PASSES) : List.of();
  }

  private int[] retained(Stage stage, ImageTable table) throws IOException {
    int prototypes = table.size() - table.firstPrototype();
    return new Retained(materials).images(stage, table.firstPrototype(), prototypes);
  }

  /** What the weights say of real images is an artifact; of prototypes they are asked. */
  private Answers answers(Stage stage, Weights start, Inference inference) throws IOException {
    if (!stage.inputs().containsKey(StageKind.LOGITS.id())) {
      return images -> inference.logits(start, images);
    }
    float[] known = materials.logits(stage);
    int classes = inference.network().classes();
    int real = inference.table().firstPrototype();
    return images -> {
      int[] prototypes = Arrays.stream(images).filter(i -> i >= real).toArray();
      float[] asked = inference.logits(start, prototypes);
      float[] answers = new float[images.length * classes];
      int next = 0;
      for (int row = 0; row < images.length; row++) {
        boolean isReal = images[row] < real;
        int from = isReal ? images[row] : next++;
        System.arraycopy(isReal ? known : asked, from * classes, answers, row * classes, classes);
      }
      return answers;
    };
  }

  private static StepSeeds seeds(Subject subject, Method method) {
    return StepSeeds.semantic(
        subject.dataset().id(),
        subject.seed(),
        "unlearn",
        subject.network().orElseThrow().id(),
        subject.scenario().orElseThrow().id(),
        subject.round(),
        method.card().id());
  }

  private Stopwatch clock(Signals signals) {
    return signals.checkpoints().timing(Stopwatch.start(materials.engine()));
  }

  private TrainLoop loop(Stage stage, Network network, ImageTable table) {
    return new TrainLoop(materials.engine(), network, table, stage.microBatch());
  }

  private static Draws weightDraws(Subject subject, String purpose) {
    return new Draws(
        Seeds.of(
            subject.dataset().id(), subject.seed(), purpose, subject.network().orElseThrow().id()));
  }
}
