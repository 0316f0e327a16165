package lethe.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;

/**
 * Which images each step of a pass uses: a function of seeds, epoch and step alone, so any step can
 * be asked for at any time.
 */
final class Batches {
  private final Pass pass;
  private final String name; // tells the passes of an epoch apart in seeds
  private final int batch;
  private final StepSeeds seeds;
  private final int epoch;
  private final int[] order;
  private final IntUnaryOperator labelOf;
  private final Map<Role, int[][]> byClass = new HashMap<>(); // of class-matched companions

  /**
   * @param number of the pass in its epoch
   */
  Batches(Pass pass, int number, int epoch, Training training, IntUnaryOperator labelOf) {
    this.pass = pass;
    this.name = "pass-" + number;
    this.batch = training.batch();
    this.seeds = training.seeds();
    this.epoch = epoch;
    this.labelOf = labelOf;
    this.order = pass.pool().clone();
    new Draws(seeds.of(name + "-order", epoch, 0)).shuffle(order);
    for (Companion companion : pass.companions()) {
      if (companion instanceof Companion.ClassMatched) {
        byClass.put(companion.role(), groupByClass(companion.pool(), labelOf));
      }
    }
  }

  int steps() {
    return pass.steps(batch);
  }

  /** Image numbers by role; the leading role's first. */
  Map<Role, int[]> images(int step) {
    int from = step * batch;
    int[] leading = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
    Map<Role, int[]> images = new EnumMap<>(Role.class);
    images.put(pass.leading(), leading);
    for (Companion companion : pass.companions()) {
      int[] pool = poolOf(companion, images);
      long seed = seeds.of(name + "-" + companion.role(), epoch, step);
      images.put(
          companion.role(), new Draws(seed).sample(pool, companion.times() * leading.length));
    }
    return images;
  }

  private int[] poolOf(Companion companion, Map<Role, int[]> soFar) {
    int[] pool = companion.pool();
    if (companion instanceof Companion.ClassMatched matched) {
      int[] like = soFar.get(matched.like());
      int[][] groups = byClass.get(matched.role());
      if (like == null || groups == null) {
        throw new IllegalArgumentException(
            "The pass draws %s like %s, which does not come before it."
                .formatted(matched.role(), matched.like()));
      }
      pool =
          IntStream.of(like)
              .map(labelOf)
              .distinct()
              .sorted()
              .filter(c -> c < groups.length)
              .flatMap(c -> IntStream.of(groups[c]))
              .toArray();
    }
    if (pool.length == 0) {
      throw new IllegalArgumentException(
          "There is no image to draw for %s in epoch %d: none has a class of the step's images."
              .formatted(companion.role(), epoch + 1));
    }
    return pool;
  }

  private static int[][] groupByClass(int[] pool, IntUnaryOperator labelOf) {
    List<List<Integer>> groups = new ArrayList<>();
    for (int image : pool) {
      int label = labelOf.applyAsInt(image);
      while (groups.size() <= label) {
        groups.add(new ArrayList<>());
      }
      groups.get(label).add(image);
    }
    return groups.stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }
}
