package lethe.run;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The seconds of a stage by name. The names are columns of {@code timings.csv}. */
final class Spans {
  /** Training of the original weights. */
  static final String TRAIN = "trainSeconds";

  /** Features and k-means. */
  static final String CLUSTER = "clusterSeconds";

  /** F-sampling. */
  static final String SAMPLE = "sampleSeconds";

  /** Prototypes. */
  static final String CONDENSE = "condenseSeconds";

  /** The method itself: the tables' column. */
  static final String UNLEARN = "unlearnSeconds";

  /** Logits, scores and distances. */
  static final String EVALUATE = "evaluateSeconds";

  /** Drawing the split. */
  static final String SPLIT = "splitSeconds";

  /** Reading inputs, moving images to the device, writing results. */
  static final String OVERHEAD = "overheadSeconds";

  /** What other processes took of the processors meanwhile, on average over them. */
  static final String OTHERS = "othersSeconds";

  /**
   * Checkpoints on the way; and in the journal alone, which comes after it, hashing the artifact,
   * forcing it to the disk and putting it in place.
   */
  static final String CHECKPOINT = "checkpoint";

  private Spans() {}

  static SortedMap<String, Double> of(Rooms.Report report, StageSeconds stage) {
    SortedMap<String, Double> seconds = new TreeMap<>();
    seconds.put(report.span(), report.seconds());
    seconds.put(OVERHEAD, stage.overhead(report.seconds()));
    stage.others().ifPresent(taken -> seconds.put(OTHERS, taken));
    if (stage.saving() > 0) {
      seconds.put(CHECKPOINT, stage.saving());
    }
    return Collections.unmodifiableSortedMap(seconds);
  }

  static SortedMap<String, Double> kept(SortedMap<String, Double> seconds, double keeping) {
    SortedMap<String, Double> all = new TreeMap<>(seconds);
    all.merge(CHECKPOINT, keeping, Double::sum);
    return Collections.unmodifiableSortedMap(all);
  }
}
