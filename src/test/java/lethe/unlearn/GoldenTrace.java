package lethe.unlearn;

import static lethe.oracle.OracleCase.integers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.FilledNetwork;
import lethe.net.FilledTraining;
import lethe.net.Masking;
import lethe.net.Network;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.StepView;
import lethe.net.Training;
import lethe.oracle.OracleCase;
import lethe.plan.Card;
import lethe.plan.Settings;

/** One golden training, taken step by step with the method's own objectives. */
final class GoldenTrace implements AutoCloseable {
  private final OracleCase c;
  private final EngineSession session;
  private final DataType type;
  private final Network network;
  private final int paramSeed;
  private final Training method;
  private final FilledTraining training;
  private JsonNode now; // the step under way, whose teacher's answers are asked for

  GoldenTrace(OracleCase c, EngineSession session, DataType type) {
    this.c = c;
    this.session = session;
    this.type = type;
    this.network = new ConvNet(c.params().get("width").asInt(), 3, 10);
    this.paramSeed = c.params().get("paramSeed").asInt();
    this.now = stepOf(0);
    this.method = method().training(Tasks.of(settings(), network, session));
    this.training = new FilledTraining(session, network, paramSeed, type, method.optimizer());
    training.before(0, method.masking());
  }

  int steps() {
    return c.inputs().get("steps").size();
  }

  JsonNode wantedLoss(int s) {
    return c.expected().get("steps").get(s).get("loss");
  }

  /** The relative deviation allowed to single precision. */
  double relativeBound(int s) {
    return c.expected().get("float32RtolPerStep").get(s).asDouble();
  }

  /** Takes the step; gives the loss before it. */
  double step(int s) {
    now = stepOf(s);
    boolean stepIsEpoch = name().equals("l1-sparse");
    Pass pass = pass(method.passesOf().apply(stepIsEpoch ? s : 0));
    return training.step(pass.objective(), groups(pass), c.params().get("lr").asDouble());
  }

  FilledTraining training() {
    return training;
  }

  private JsonNode stepOf(int s) {
    return c.inputs().get("steps").get(s);
  }

  /** The pass of the step's phase: "max" walks over the forget set. */
  private Pass pass(List<Pass> passes) {
    boolean overForget = now.get("phase").asText().equals("max");
    return passes.stream()
        .filter(pass -> (pass.leading() == Role.FORGET) == overForget)
        .findFirst()
        .orElseThrow();
  }

  private Map<Role, FilledTraining.Group> groups(Pass pass) {
    Map<Role, FilledTraining.Group> groups = new EnumMap<>(Role.class);
    if (pass.leading() == Role.MIXED) {
      groups.put(Role.MIXED, group("F", "R"));
      return groups;
    }
    Map<String, Role> roles = Map.of("R", Role.RETAIN, "F", Role.FORGET, "T", Role.UNSEEN);
    roles.forEach(
        (key, role) -> {
          if (now.has(key)) {
            groups.put(role, group(key));
          }
        });
    return groups;
  }

  private FilledTraining.Group group(String... keys) {
    return new FilledTraining.Group(joined("imageIds", keys), joined("labels", keys));
  }

  private int[] joined(String field, String... keys) {
    return Stream.of(keys)
        .flatMapToInt(key -> IntStream.of(integers(now.get(key).get(field))))
        .toArray();
  }

  private String name() {
    String name = c.params().get("method").asText();
    return name.equals("a-l1") ? "a-l1-sparse" : name;
  }

  /** The catalogue's method; one with a teacher has the case's. */
  private Trained method() {
    return switch (name()) {
      case "bad-distillation" -> taught(new BadDistillation());
      case "scrub" -> taught(new Scrub());
      case "a-scrub" -> new Accelerated(taught(new Scrub()), Scrub.OWN);
      default -> (Trained) Methods.of(name());
    };
  }

  private Accelerable taught(Taught plain) {
    Teacher teacher = c.params().get("teacher").asText().equals("self") ? self() : given();
    return new Accelerable() {
      @Override
      public Card card() {
        return plain.card();
      }

      @Override
      public IntFunction<List<Phase>> phases(Task task) {
        return plain.phases(task, teacher);
      }

      @Override
      public Masking masking(Task task) {
        return plain.masking(task);
      }

      @Override
      public Training training(Task task) {
        return SgdKnobs.training(this, task);
      }
    };
  }

  private Teacher given() {
    return (step, role) -> {
      double[] answers = OracleCase.flat(now.get("teacherLogits"));
      Shape shape = new Shape(answers.length / network.classes(), network.classes());
      return step.kernels().scope().create(answers, shape).toType(type, false);
    };
  }

  /** The parameters of the start. */
  private Teacher self() {
    return (step, role) -> session.notRecording(() -> answers(step, role));
  }

  private NDArray answers(StepView step, Role role) {
    NDManager scope = step.kernels().scope();
    NDList start = FilledNetwork.parameters(scope, network, paramSeed, type);
    NDArray images = FilledNetwork.images(scope, step.indices(role), type);
    return network.logits(start, images, step.kernels());
  }

  private Settings settings() {
    Map<String, String> entries = new TreeMap<>();
    JsonNode p = c.params();
    int epochs =
        switch (name()) {
          case "l1-sparse" -> p.get("l1Epochs").asInt();
          case "pruning" -> 20; // with the two settings below: a share of 0.527129
          default -> 1;
        };
    entries.put("epochs", String.valueOf(epochs));
    entries.put("prune-every", "5");
    entries.put("target-sparsity", "0.95");
    entries.put("batch", "8");
    entries.put("warmup-epochs", "0");
    entries.put("companions", "1");
    entries.put("soft-ranks", "code");
    entries.put("l1-free-epochs", "0");
    entries.put("m-steps", "0");
    entries.put("partial-retain-ratio", "1");
    entries.put("l1-weight", p.get(epochs == 1 ? "l1AlphaAsparse" : "l1Alpha0").asText());
    entries.put("learning-rate", p.get("lr").asText());
    entries.put("momentum", p.get("momentum").asText());
    entries.put("weight-decay", p.get("weightDecay").asText());
    entries.put("mmd-weight", p.get("mmdWeight").asText());
    entries.put("temperature", p.get("temperature").asText());
    entries.put("kl-temperature", p.get("T").asText());
    entries.put("main-weight", p.get("gamma").asText());
    entries.put("kl-weight", p.get("beta").asText());
    entries.put("forget-kl-weight", p.get("maxWeight").asText());
    return Settings.of(entries);
  }

  @Override
  public void close() {
    training.close();
  }
}
