package lethe.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numeric environment: what besides settings and data decides the bits of a result.
 *
 * @param engine engine and version, such as {@code pytorch-2.7.1+djl-0.35.1}
 * @param deviceClass kind of device, such as {@code cpu-amd64-avx512} or {@code cuda-8.6}; never
 *     which one
 * @param precision {@code fp32}
 * @param engineThreads threads of one engine operation
 * @param microBatch most images in one pass of a training step; 0 for as many as {@code memory}
 *     bears
 * @param memory bytes of the device that a stage may take; 0 for no limit. It is part of a key only
 *     as the micro-batch that it leads to
 * @param passes most images in one pass of a training step, by the label of each {@link Family}
 *     that ran out of memory and was allowed smaller passes
 * @param dataDigests SHA-256 of the images of each dataset, by dataset id
 */
public record Environment(
    String engine,
    String deviceClass,
    String precision,
    int engineThreads,
    int microBatch,
    long memory,
    SortedMap<String, Integer> passes,
    SortedMap<String, String> dataDigests) {
  public Environment {
    passes = Collections.unmodifiableSortedMap(new TreeMap<>(passes));
    dataDigests = Collections.unmodifiableSortedMap(new TreeMap<>(dataDigests));
  }

  /** The same with other passes of families that ran out of memory. */
  public Environment with(SortedMap<String, Integer> others) {
    return new Environment(
        engine, deviceClass, precision, engineThreads, microBatch, memory, others, dataDigests);
  }
}
