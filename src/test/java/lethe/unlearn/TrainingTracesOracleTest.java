package lethe.unlearn;

import static lethe.oracle.OracleCase.integers;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.FilledTraining;
import lethe.net.Network;
import lethe.net.Pass;
import lethe.net.Role;
import lethe.net.Training;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import lethe.plan.Card;
import lethe.plan.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class TrainingTracesOracleTest {
  private static final Map<String, Role> ROLES =
      Map.of("R", Role.RETAIN, "F", Role.FORGET, "T", Role.UNSEEN);
  private static Optional<EngineSession> engine = Optional.empty();

  @BeforeAll
  static void open() {
    engine = Optional.of(EngineSession.open(new EngineSettings("cpu", 2)));
  }

  @AfterAll
  static void close() {
    engine.ifPresent(EngineSession::close);
  }

  @TestFactory
  Stream<DynamicTest> traces_agree_in_float64() {
    return OracleCases.tests(
        "training-traces",
        c -> {
          assumeOffered(c);
          double[][] stats = losses(c, DataType.FLOAT64);
          c.assertClose("finalParameterStats", stats);
        });
  }

  @TestFactory
  Stream<DynamicTest> traces_agree_in_float32() {
    return OracleCases.tests(
        "training-traces",
        c -> {
          assumeOffered(c);
          double[][] stats = losses(c, DataType.FLOAT32);
          Set<Integer> skipped =
              IntStream.of(integers(c.expected().get("notCompared")))
                  .boxed()
                  .collect(Collectors.toSet());
          JsonNode want = c.expected().get("finalParameterStats");
          for (int i = 0; i < want.size(); i++) {
            if (!skipped.contains(i)) { // true gradient 0: Adam makes steps of the rounding
              c.assertClose("L2 of parameter " + i, want.get(i).get(1), stats[i][1], 0, 1e-3);
            }
          }
        });
  }

  private static String method(OracleCase c) {
    return c.params().get("method").asText();
  }

  private static void assumeOffered(OracleCase c) {
    boolean offered = Methods.CARDS.stream().map(Card::id).anyMatch(method(c)::equals);
    if (!offered) {
      System.out.println("oracle training-traces: " + method(c) + " is not offered yet");
    }
    assumeTrue(offered, "method not offered yet: " + method(c));
  }

  /** Runs the case, comparing each loss; gives the parameters' sums and norms at the end. */
  private static double[][] losses(OracleCase c, DataType type) {
    Network network = new ConvNet(c.params().get("width").asInt(), 3, 10);
    EngineSession session = engine.orElseThrow();
    Training training = Methods.of(method(c)).training(task(c, network, session));
    List<Pass> passes = training.passesOf().apply(0);
    int paramSeed = c.params().get("paramSeed").asInt();
    try (FilledTraining trace =
        new FilledTraining(session, network, paramSeed, type, training.optimizer())) {
      JsonNode steps = c.inputs().get("steps");
      JsonNode expected = c.expected().get("steps");
      JsonNode float32 = c.expected().get("float32RtolPerStep");
      for (int s = 0; s < steps.size(); s++) {
        double loss =
            trace.step(
                pass(passes, steps.get(s)).objective(),
                groups(steps.get(s)),
                c.params().get("lr").asDouble());
        JsonNode want = expected.get(s).get("loss");
        if (type == DataType.FLOAT64) {
          c.assertClose("loss of step " + s, want, loss);
        } else {
          double bound = float32.get(s).asDouble() * Math.max(Math.abs(want.asDouble()), 1e-3);
          c.assertClose("loss of step " + s, want, loss, bound, 0);
        }
      }
      return trace.stats();
    }
  }

  /** The pass of a step's phase: "max" walks over the forget set. */
  private static Pass pass(List<Pass> passes, JsonNode step) {
    boolean overForget = step.get("phase").asText().equals("max");
    return passes.stream()
        .filter(pass -> (pass.leading() == Role.FORGET) == overForget)
        .findFirst()
        .orElseThrow();
  }

  private static Map<Role, FilledTraining.Group> groups(JsonNode step) {
    Map<Role, FilledTraining.Group> groups = new EnumMap<>(Role.class);
    ROLES.forEach(
        (key, role) -> {
          JsonNode group = step.get(key);
          if (group != null) {
            groups.put(
                role,
                new FilledTraining.Group(
                    integers(group.get("imageIds")), integers(group.get("labels"))));
          }
        });
    return groups;
  }

  private static Task task(OracleCase c, Network network, EngineSession session) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("epochs", "1");
    entries.put("batch", "8");
    entries.put("warmup-epochs", "0");
    entries.put("companions", "1");
    entries.put("learning-rate", c.params().get("lr").asText());
    entries.put("momentum", c.params().get("momentum").asText());
    entries.put("weight-decay", c.params().get("weightDecay").asText());
    entries.put("mmd-weight", c.params().get("mmdWeight").asText());
    entries.put("temperature", c.params().get("temperature").asText());
    return Tasks.of(Settings.of(entries), network, session);
  }
}
