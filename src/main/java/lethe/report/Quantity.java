package lethe.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Numbers of a cell that are no scores, by the name they are written with in a {@link Formula}. */
enum Quantity {
  /** Seconds of the method. */
  TIME,
  /** Seconds of features, clusters, F-sampling and condensation. */
  OVERHEAD,
  /** Seconds of condensation alone. */
  CONDENSATION,
  /** Image passes of the training, by its sizes ({@link Footing#passes}). */
  PASSES,
  /** Images, prototypes included, in an epoch over the retain set or what takes its place. */
  IMAGES,
  /** Numbers that condensing the whole training set optimises. */
  OPTIMISED;

  static Optional<Quantity> of(String name) {
    return Arrays.stream(values()).filter(q -> q.id().equals(name)).findFirst();
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
