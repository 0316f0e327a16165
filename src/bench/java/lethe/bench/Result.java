package lethe.bench;

import java.util.List;
import java.util.Optional;

/**
 * What came of a benchmark.
 *
 * @param others what other processes took of the processors meanwhile, in percent, where the system
 *     tells
 * @param fault why there are no figures; empty where there are
 */
public record Result(
    String name,
    String about,
    Effort effort,
    Optional<Double> others,
    Optional<String> fault,
    List<Series> series) {
  public Result {
    series = List.copyOf(series);
  }
}
