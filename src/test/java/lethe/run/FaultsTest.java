package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import lethe.data.DataException;
import lethe.ledger.Fault;
import lethe.net.DivergedException;
import org.junit.jupiter.api.Test;

/** The sentences are what libtorch 2.7, its allocators and the CUDA libraries say. */
class FaultsTest {
  private static final List<String> MEMORY =
      List.of(
          "DefaultCPUAllocator: can't allocate memory: you tried to allocate 400000000000 bytes.",
          "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate"
              + " memory: you tried to allocate 400000000000 bytes. Error code 12 (Cannot allocate"
              + " memory)",
          "[enforce fail at alloc_cpu.cpp:83] data. DefaultCPUAllocator: not enough memory: you"
              + " tried to allocate 8589934592 bytes.",
          "CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 7.79 GiB",
          "CUDA error: out of memory\nCUDA kernel errors might be asynchronously reported",
          "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
          "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
          "std::bad_alloc");

  private static final List<String> DEVICE =
      List.of(
          "CUDA error: device-side assert triggered",
          "CUDA error: unspecified launch failure",
          "CUDA error: an illegal memory access was encountered",
          "CUDA driver error: driver shutting down");

  @Test
  void what_engine_and_driver_say_when_memory_ends_is_memory() {
    for (String message : MEMORY) {
      assertEquals(Fault.MEMORY, Faults.of(new IllegalStateException(message)), message);
    }
    assertEquals(Fault.MEMORY, Faults.of(new OutOfMemoryError("Java heap space")));
  }

  @Test
  void a_cause_tells_as_much() {
    Throwable thrown =
        new CompletionException("a task failed", new IOException(MEMORY.get(0).toUpperCase()));
    assertEquals(Fault.MEMORY, Faults.of(new IllegalStateException(thrown)));
    assertEquals(
        Fault.DIVERGED,
        Faults.of(new IllegalStateException(new DivergedException(3, 8, 0, Double.NaN))));
  }

  @Test
  void a_device_that_is_gone_is_told_from_one_that_is_full() {
    for (String message : DEVICE) {
      assertEquals(Fault.DEVICE, Faults.of(new IllegalStateException(message)), message);
    }
  }

  @Test
  void a_loss_that_is_no_number_is_divergence() {
    assertEquals(Fault.DIVERGED, Faults.of(new DivergedException(3, 8, 0, Double.NaN)));
    assertEquals(
        Fault.DIVERGED, Faults.of(new DivergedException(3, 8, 0, Double.NEGATIVE_INFINITY)));
  }

  @Test
  void all_else_is_an_error_that_comes_again() {
    for (Throwable thrown :
        List.of(
            new DataException("The class 3 is empty."),
            new IllegalArgumentException("no such image"),
            new IOException(),
            new StackOverflowError())) {
      assertEquals(Fault.ERROR, Faults.of(thrown), thrown.toString());
    }
  }
}
