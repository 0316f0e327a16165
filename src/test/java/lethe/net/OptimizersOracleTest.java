package lethe.net;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.stream.Stream;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class OptimizersOracleTest {
  @TestFactory
  Stream<DynamicTest> optimisers_follow_the_golden_gradients() {
    return OracleCases.tests("optimizers", OptimizersOracleTest::check);
  }

  private static void check(OracleCase c) {
    double[][] gradients = OracleCase.rows(c.inputs().path("gradients"));
    double[] rates = OracleCase.doubles(c.params().path("lrs"));
    double[][] reached = new double[gradients.length][];
    try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 1));
        NDManager scope = session.scope()) {
      NDList theta = new NDList(scope.create(OracleCase.doubles(c.inputs().path("theta0"))));
      OptimizerState state = new OptimizerState(optimizer(c), scope, theta);
      for (int i = 0; i < gradients.length; i++) {
        state.step(session.kernels(scope), theta, new NDList(scope.create(gradients[i])), rates[i]);
        reached[i] = theta.singletonOrThrow().toDoubleArray();
      }
    }
    c.assertClose("theta", reached);
  }

  private static Optimizer optimizer(OracleCase c) {
    if (c.params().path("optimizer").asText().equals("adam")) {
      return new Adam(
          c.params().path("beta1").asDouble(),
          c.params().path("beta2").asDouble(),
          c.params().path("eps").asDouble());
    }
    return new Sgd(
        c.params().path("momentum").asDouble(), c.params().path("weightDecay").asDouble());
  }
}
