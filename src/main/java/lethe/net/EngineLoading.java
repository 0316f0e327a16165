package lethe.net;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;

/** Loads the engine's natives, with every property they read set before. */
final class EngineLoading {
  private static final int LONGEST = 300; // characters of a reason

  private EngineLoading() {}

  /**
   * The engine; loads it the first time.
   *
   * @throws EngineUnavailableException when it does not load
   */
  static Engine engine() {
    setUnlessSet("ai.djl.offline", "true"); // no download unless the user asks for one
    setUnlessSet("OPT_OUT_TRACKING", "true"); // DJL reads its name as a property too
    setUnlessSet("ai.djl.pytorch.graph_optimizer", "false"); // steadier, and quicker at first
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1"); // sums must not depend on scheduling
    try {
      return Engine.getEngine("PyTorch");
    } catch (RuntimeException | LinkageError e) {
      throw new EngineUnavailableException(
          "PyTorch's native library does not load (%s); see that ai.djl.pytorch:pytorch-native-cpu for this system is on the class path, or that PYTORCH_LIBRARY_PATH, PYTORCH_VERSION and PYTORCH_FLAVOR name one that is installed."
              .formatted(reason(e)),
          e);
    }
  }

  /** The engine with the calling thread as a single-threaded worker without gradients. */
  static Engine engineOfWorker() {
    Engine engine = engine();
    JniUtils.setNumThreads(1);
    JniUtils.setGradMode(false);
    return engine;
  }

  private static String reason(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    String first = // the loader's messages go on for pages
        message == null
            ? ""
            : message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    if (first.isEmpty()) {
      return deepest.getClass().getSimpleName();
    }
    return first.length() > LONGEST ? first.substring(0, LONGEST) + " ..." : first;
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
