package lethe.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lethe.plan.Seeds;

/** The seeds of a training: a function of what they are for, the epoch and the step. */
@FunctionalInterface
public interface StepSeeds {
  /**
   * @param purpose what is drawn, such as {@code "order"}
   * @param epoch 0-based
   * @param step 0-based inside its pass
   */
  long of(String purpose, int epoch, int step);

  /**
   * Seeds for one dataset and grid seed.
   *
   * @param purpose what the training is, such as {@code "original"}
   * @param more what else tells it apart (network, method, round)
   */
  static StepSeeds semantic(String dataset, long seed, String purpose, Object... more) {
    return (what, epoch, step) -> {
      List<Object> parts = new ArrayList<>(Arrays.asList(more));
      parts.addAll(List.of(what, epoch, step));
      return Seeds.of(dataset, seed, purpose, parts.toArray());
    };
  }
}
