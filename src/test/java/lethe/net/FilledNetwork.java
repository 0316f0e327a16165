package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import lethe.oracle.Fills;

/** Parameters and images of the golden cases, on the device. */
public final class FilledNetwork {
  private FilledNetwork() {}

  /** The parameters of {@code network} for {@code paramSeed}, in its order. */
  public static NDList parameters(NDManager scope, Network network, int paramSeed, DataType type) {
    NDList arrays = new NDList();
    List<ParameterSpec> specs = network.parameters();
    for (int i = 0; i < specs.size(); i++) {
      ParameterSpec spec = specs.get(i);
      double[] fill =
          switch (spec.role()) {
            case WEIGHT, BIAS -> Fills.weight(paramSeed, i, spec.count(), spec.fanIn());
            case GAMMA -> Fills.gamma(paramSeed, i, spec.count());
            case BETA -> Fills.beta(paramSeed, i, spec.count());
            case MEAN, VARIANCE -> throw new IllegalArgumentException("The oracle has none");
          };
      arrays.add(scope.create(fill, spec.toShape()).toType(type, false));
    }
    return arrays;
  }

  /** The images with these ids: [n, 3, 32, 32]. */
  public static NDArray images(NDManager scope, int[] ids, DataType type) {
    double[] all =
        Arrays.stream(ids).boxed().flatMapToDouble(id -> Arrays.stream(Fills.image(id))).toArray();
    return scope.create(all, new Shape(ids.length, 3, 32, 32)).toType(type, false);
  }
}
