package lethe.net;

/**
 * Where and how the engine computes.
 *
 * @param deviceName {@code cpu} or {@code cuda}
 * @param threads threads of one engine operation; 0 for one a core
 */
public record EngineSettings(String deviceName, int threads) {
  public EngineSettings {
    if (!deviceName.equals("cpu") && !deviceName.equals("cuda")) {
      throw new IllegalArgumentException(
          "The device is \"cpu\" or \"cuda\", not \"" + deviceName + "\".");
    }
    if (threads < 0) {
      throw new IllegalArgumentException(
          "Engine threads are 1 or more, or 0 for one a core, not " + threads + ".");
    }
  }

  /** The threads an operation really gets. */
  public int actualThreads() {
    return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
  }

  public boolean cuda() {
    return deviceName.equals("cuda");
  }
}
