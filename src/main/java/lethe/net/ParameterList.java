package lethe.net;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Lists a network's parameters layer by layer, and running statistics behind them. */
final class ParameterList {
  private final Norm norm;
  private final List<ParameterSpec> specs = new ArrayList<>();
  private final List<ParameterSpec> running = new ArrayList<>();

  ParameterList(Norm norm) {
    this.norm = norm;
  }

  ParameterList convolution(String name, int in, int out, int kernel) {
    int fanIn = in * kernel * kernel;
    specs.add(
        new ParameterSpec(
            name + ".weight", List.of(out, in, kernel, kernel), fanIn, ParameterSpec.Role.WEIGHT));
    return this;
  }

  ParameterList bias(String name, int out, int fanIn) {
    specs.add(new ParameterSpec(name + ".bias", List.of(out), fanIn, ParameterSpec.Role.BIAS));
    return this;
  }

  ParameterList norm(String name, int channels) {
    specs.add(new ParameterSpec(name + ".weight", List.of(channels), 0, ParameterSpec.Role.GAMMA));
    specs.add(new ParameterSpec(name + ".bias", List.of(channels), 0, ParameterSpec.Role.BETA));
    if (norm == Norm.BATCH) {
      running.add(
          new ParameterSpec(name + ".running_mean", List.of(channels), 0, ParameterSpec.Role.MEAN));
      running.add(
          new ParameterSpec(
              name + ".running_var", List.of(channels), 0, ParameterSpec.Role.VARIANCE));
    }
    return this;
  }

  ParameterList linear(String name, int in, int out) {
    specs.add(new ParameterSpec(name + ".weight", List.of(out, in), in, ParameterSpec.Role.WEIGHT));
    return bias(name, out, in);
  }

  List<ParameterSpec> toList() {
    return Stream.concat(specs.stream(), running.stream()).toList();
  }
}
