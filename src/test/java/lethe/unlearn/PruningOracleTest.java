package lethe.unlearn;

import static lethe.oracle.OracleCase.integers;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import lethe.kernel.array.PruningSchedule;
import lethe.net.ConvNet;
import lethe.net.EngineSession;
import lethe.net.EngineSettings;
import lethe.net.Masking;
import lethe.net.Masks;
import lethe.net.Network;
import lethe.net.ParameterSpec;
import lethe.net.Weights;
import lethe.oracle.Fills;
import lethe.oracle.OracleCase;
import lethe.oracle.OracleCases;
import lethe.plan.Settings;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class PruningOracleTest {
  @TestFactory
  Stream<DynamicTest> masks_agree_with_every_oracle_case() {
    return OracleCases.tests("pruning-masks", c -> new Walk(c).check());
  }

  /** Through the epochs of one case. */
  private static final class Walk {
    private final OracleCase c;
    private final int epochs;
    private final Network network;
    private final int[] convolutions;
    private final List<double[]> raw;

    Walk(OracleCase c) {
      this.c = c;
      this.epochs = c.params().get("epochs").asInt();
      this.network = new ConvNet(c.params().get("width").asInt(), 3, 10);
      this.convolutions = integers(c.params().get("prunedTensorIndices"));
      this.raw = filled(network, c.params().get("paramSeed").asInt());
    }

    void check() {
      PruningSchedule schedule =
          new PruningSchedule(
              c.params().get("targetSparsity").asDouble(), c.params().get("step").asInt(), epochs);
      c.assertClose("rate", schedule.rate());
      int[] before = integers(c.expected().get("pruneBeforeEpochs"));
      c.assertClose(
          "pruneBeforeEpochs", IntStream.range(0, epochs).filter(schedule::eventBefore).toArray());
      Masks masks = Masks.allOn(network.parameters());
      Masking masking = masking();
      int event = 0;
      for (int epoch = 0; epoch < epochs; epoch++) {
        boolean prunes = event < before.length && before[event] == epoch;
        if (prunes && event > 0) {
          drift(event);
        }
        Masks next = masking.before(epoch, masks, this::weights).orElse(masks);
        assertEquals(prunes, next != masks, c + ", epoch " + epoch);
        if (prunes) {
          compare(c.expected().get("events").get(event++), together(masks), together(next), next);
        }
        masks = next;
      }
    }

    private Masking masking() {
      Settings settings =
          Settings.of(
              Map.of(
                  "epochs", String.valueOf(epochs),
                  "prune-every", c.params().get("step").asText(),
                  "target-sparsity", c.params().get("targetSparsity").asText()));
      try (EngineSession session = EngineSession.open(new EngineSettings("cpu", 1))) {
        return new Pruning().masking(Tasks.of(settings, network, session));
      }
    }

    private void drift(int event) {
      double scale = c.params().get("driftScale").asDouble();
      int base = c.params().get("driftKeyBase").asInt();
      for (int i : convolutions) {
        double[] array = raw.get(i);
        double each = scale / Math.sqrt(network.parameters().get(i).fanIn());
        for (int e = 0; e < array.length; e++) {
          array[e] += each * Fills.noise(e, base + 100 * event + i);
        }
      }
    }

    private void compare(JsonNode want, boolean[] live, boolean[] kept, Masks masks) {
      double[] magnitudes =
          IntStream.of(convolutions)
              .boxed()
              .flatMapToDouble(i -> DoubleStream.of(raw.get(i)))
              .map(Math::abs)
              .toArray();
      int[] at = IntStream.range(0, kept.length).filter(i -> kept[i]).toArray();
      int[] gone = IntStream.range(0, kept.length).filter(i -> live[i] && !kept[i]).toArray();
      c.assertClose("toPrune", want.get("toPrune"), gone.length);
      c.assertClose("keptTotal", want.get("keptTotal"), at.length);
      c.assertClose("keptPerTensor", want.get("keptPerTensor"), perArray(masks));
      c.assertClose(
          "largestPrunedAbs",
          want.get("largestPrunedAbs"),
          IntStream.of(gone).mapToDouble(i -> magnitudes[i]).max());
      c.assertClose(
          "smallestKeptAbs",
          want.get("smallestKeptAbs"),
          IntStream.of(at).mapToDouble(i -> magnitudes[i]).min());
      c.assertClose(
          "keptIndexSum", want.get("keptIndexSum"), IntStream.of(at).asLongStream().sum());
      c.assertClose("firstKept", want.get("firstKept"), IntStream.of(at).limit(20).toArray());
      c.assertClose("maskCrc32", want.get("maskCrc32"), crc(kept));
      c.assertClose("sparsity", want.get("sparsity"), 1 - (double) at.length / kept.length);
    }

    private int[] perArray(Masks masks) {
      return IntStream.of(convolutions)
          .map(
              i -> {
                boolean[] on = masks.on().get(i);
                return (int) IntStream.range(0, on.length).filter(e -> on[e]).count();
              })
          .toArray();
    }

    private boolean[] together(Masks masks) {
      int length = IntStream.of(convolutions).map(i -> raw.get(i).length).sum();
      boolean[] all = new boolean[length];
      int next = 0;
      for (int i : convolutions) {
        boolean[] on = masks.on().get(i);
        System.arraycopy(on, 0, all, next, on.length);
        next += on.length;
      }
      return all;
    }

    private Weights weights() {
      List<float[]> single = new ArrayList<>();
      for (double[] array : raw) {
        float[] rounded = new float[array.length];
        for (int e = 0; e < array.length; e++) {
          rounded[e] = (float) array[e];
        }
        single.add(rounded);
      }
      return Weights.of(network, single);
    }

    private static long crc(boolean[] kept) {
      CRC32 crc = new CRC32();
      for (boolean one : kept) {
        crc.update(one ? 1 : 0);
      }
      return crc.getValue();
    }

    private static List<double[]> filled(Network network, int paramSeed) {
      List<double[]> arrays = new ArrayList<>();
      List<ParameterSpec> specs = network.parameters();
      for (int i = 0; i < specs.size(); i++) {
        ParameterSpec spec = specs.get(i);
        arrays.add(
            switch (spec.role()) {
              case WEIGHT, BIAS -> Fills.weight(paramSeed, i, spec.count(), spec.fanIn());
              case GAMMA -> Fills.gamma(paramSeed, i, spec.count());
              case BETA -> Fills.beta(paramSeed, i, spec.count());
              case MEAN, VARIANCE -> throw new IllegalArgumentException("The oracle has none");
            });
      }
      return arrays;
    }
  }
}
