package lethe.net;

import java.util.Arrays;
import java.util.List;

/**
 * Which weights are on.
 *
 * @param on one array a parameter, in the network's order: true where the number counts, false
 *     where it is off
 */
public record Masks(List<boolean[]> on) {
  public Masks {
    on = List.copyOf(on);
  }

  /** Every weight on. */
  public static Masks allOn(List<ParameterSpec> specs) {
    return new Masks(
        specs.stream()
            .map(
                spec -> {
                  boolean[] on = new boolean[spec.count()];
                  Arrays.fill(on, true);
                  return on;
                })
            .toList());
  }
}
