package lethe.net;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** What a result's bits may depend on besides the plan, told without loading the engine. */
public final class DeviceClass {
  private static final List<String> LEVELS = List.of("avx512f", "avx2", "avx", "asimd");

  private DeviceClass() {}

  /** Kind of device, such as {@code cpu-amd64-avx512} or {@code cuda-8.6}; never which one. */
  public static String detect(String deviceName) {
    if (deviceName.equals("cuda")) {
      return "cuda" + computeCapability();
    }
    String level = vectorLevel();
    return "cpu-" + System.getProperty("os.arch") + (level.isEmpty() ? "" : "-" + level);
  }

  /** Engine and version, such as {@code pytorch-2.7.1+djl-0.35.1}. */
  public static String engine() {
    Properties versions = new Properties();
    try (InputStream in = DeviceClass.class.getResourceAsStream("/pytorch-engine.properties")) {
      if (in != null) {
        versions.load(in);
      }
    } catch (IOException e) {
      versions.clear(); // told as unknown below
    }
    String pytorch =
        System.getenv()
            .getOrDefault("PYTORCH_VERSION", versions.getProperty("pytorch_version", "unknown"));
    return "pytorch-" + pytorch + "+djl-" + versions.getProperty("djl_version", "unknown");
  }

  private static String vectorLevel() {
    try {
      String flags =
          Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
              .findFirst()
              .orElse("");
      List<String> words = List.of(flags.toLowerCase(Locale.ROOT).split("\\s+"));
      return LEVELS.stream()
          .filter(words::contains)
          .findFirst()
          .map(level -> level.equals("avx512f") ? "avx512" : level)
          .orElse("");
    } catch (IOException e) {
      return ""; // no such file outside Linux
    }
  }

  private static String computeCapability() {
    try {
      Process ask =
          new ProcessBuilder("nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader")
              .redirectErrorStream(true)
              .start();
      String first =
          new String(ask.getInputStream().readAllBytes(), "US-ASCII")
              .lines()
              .findFirst()
              .orElse("")
              .strip();
      return first.matches("\\d+\\.\\d+") ? "-" + first : "";
    } catch (IOException e) {
      return ""; // no such program
    }
  }
}
