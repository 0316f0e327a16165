package lethe.run;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lethe.ledger.Fault;
import lethe.net.DivergedException;
import org.jspecify.annotations.Nullable;

/** Tells from what a stage threw, what helps. */
final class Faults {
  /** What engine and driver say when memory ends; the engine has no exception of its own for it. */
  private static final List<String> MEMORY =
      List.of(
          "out of memory",
          "can't allocate memory",
          "cannot allocate memory",
          "cublas_status_alloc_failed",
          "cudnn_status_alloc_failed",
          "bad_alloc",
          "not enough memory");

  /** What they say when the device is gone: nothing works in this process any more. */
  private static final List<String> DEVICE =
      List.of(
          "cuda error",
          "cuda driver error",
          "cudnn_status_execution_failed",
          "cudnn_status_internal_error",
          "cudnn_status_mapping_error",
          "cublas_status_execution_failed",
          "cublas_status_internal_error",
          "device-side assert",
          "driver shutting down",
          "unspecified launch failure");

  private Faults() {}

  static Fault of(Throwable thrown) {
    if (isMemory(thrown)) {
      return Fault.MEMORY;
    }
    if (says(thrown, DEVICE)) {
      return Fault.DEVICE;
    }
    return anyIn(thrown, DivergedException.class) ? Fault.DIVERGED : Fault.ERROR;
  }

  private static boolean isMemory(Throwable thrown) {
    return anyIn(thrown, OutOfMemoryError.class) || says(thrown, MEMORY);
  }

  /** Whether {@code thrown} or what caused it is of a type. */
  static boolean anyIn(Throwable thrown, Class<? extends Throwable> type) {
    return first(thrown, type).isPresent();
  }

  /** {@code thrown}, or the first of what caused it, of a type. */
  static <T extends Throwable> Optional<T> first(Throwable thrown, Class<T> type) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }

  private static boolean says(Throwable thrown, List<String> words) {
    for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
      if (words.stream().anyMatch(message::contains)) {
        return true;
      }
    }
    return false;
  }
}
