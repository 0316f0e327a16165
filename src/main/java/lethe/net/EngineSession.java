package lethe.net;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The engine, open on one thread. Owns every tensor: work in a {@link #scope}, and let only host
 * arrays out. Gradients are off except inside {@link #recording}.
 *
 * <p>Not for other threads: grad mode and thread counts belong to the thread that opened it.
 */
public final class EngineSession implements AutoCloseable {
  private final EngineSettings settings;
  private final NDManager root;
  private final Programs programs;

  private EngineSession(EngineSettings settings, NDManager root, Programs programs) {
    this.settings = settings;
    this.root = root;
    this.programs = programs;
  }

  /**
   * Opens the engine on the calling thread, which stays its thread.
   *
   * @throws EngineUnavailableException when it does not load or the device is missing
   */
  public static EngineSession open(EngineSettings settings) {
    Engine engine = EngineLoading.engine();
    if (settings.cuda() && engine.getGpuCount() == 0) {
      throw new EngineUnavailableException(
          "The engine sees no CUDA device; set device = cpu, or install a CUDA build of it"
              + " (mvn -Dcuda) and a driver.");
    }
    claimThread(settings);
    Device device = settings.cuda() ? Device.gpu() : Device.cpu();
    NDManager root = engine.newBaseManager(device);
    return new EngineSession(settings, root, Programs.load(device));
  }

  /**
   * Gives the calling thread, which must be the session's own, its number of threads again. {@link
   * EngineProducts} sets another for the threads of a pool, and with it the number that every
   * thread takes over when it first computes.
   */
  public void claimThread() {
    claimThread(settings);
  }

  private static void claimThread(EngineSettings settings) {
    JniUtils.setNumThreads(settings.actualThreads());
    JniUtils.getNumThreads(); // counts as first computing: from now on the thread keeps its own
    JniUtils.setNumThreads(settings.actualThreads());
    JniUtils.setGradMode(false);
  }

  public EngineSettings settings() {
    return settings;
  }

  /** A place for the tensors of one step or stage; the caller closes it, and them with it. */
  public NDManager scope() {
    return root.newSubManager();
  }

  /** The kernels with their results in {@code scope}. */
  public Kernels kernels(NDManager scope) {
    return new Kernels(programs, scope);
  }

  /** Runs {@code work} while what it computes can be differentiated. */
  public <T> T recording(Supplier<T> work) {
    return inGradMode(true, work);
  }

  /** Runs {@code work} without recording, inside of {@link #recording} too. */
  public <T> T notRecording(Supplier<T> work) {
    return inGradMode(false, work);
  }

  private static <T> T inGradMode(boolean on, Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(on);
    try {
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * ∂scalar/∂each of {@code wrt}, in the scope of {@code scalar}; zeros where it does not depend on
   * it. {@code wrt} are {@link Kernels#leaves}, used while {@link #recording}.
   */
  public NDList gradients(NDArray scalar, NDList wrt) {
    return kernels(scalar.getManager()).gradients(scalar, wrt);
  }

  /** Waits until the device has done what it was given. */
  public void sync() {
    if (settings.cuda()) {
      try (NDArray last = root.zeros(new Shape(1))) { // queued behind all that came before
        last.toFloatArray();
      }
    }
  }

  /** Begins to look for {@link #peakMemory} anew, where the machine lets it. */
  public void forgetPeak() {
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // the resident peak
    } catch (IOException e) {
      // then the peak is that of the process so far
    }
  }

  /**
   * The most memory taken since {@link #forgetPeak}, in bytes: of the process on a CPU; on CUDA
   * what the engine's allocator and others hold on the device now, which the allocator does not
   * shrink by itself.
   */
  public OptionalLong peakMemory() {
    if (settings.cuda()) {
      MemoryUsage usage = CudaUtils.getGpuMemory(root.getDevice());
      return OptionalLong.of(usage.getCommitted());
    }
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024) // given in KiB
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty(); // no such file outside Linux
    }
  }

  /** Frees every tensor still there, and the kernels. */
  @Override
  public void close() {
    programs.close();
    root.close();
  }
}
