package lethe.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A run of its own process, to be killed: what it says of its stages is heard, so that one knows
 * where it was. It dies with this process.
 */
final class Victim {
  private static final String TURNS = "java.io.tmpdir"; // processes share a device by a file there
  private static final int WORDS_OF_A_STAGE = 4; // time, what happened, kind, label, ..., key

  private final Process process;
  private final Thread ear;
  private final CountDownLatch atWork = new CountDownLatch(1);
  private final Map<String, String> running = new LinkedHashMap<>(); // stages by the end of key
  private final long begun = System.nanoTime();
  private volatile long firstStage = begun;

  private Victim(Process process, Path log) {
    this.process = process;
    this.ear = new Thread(() -> listen(log), "ear");
    ear.setDaemon(true);
    ear.start();
  }

  /**
   * Starts {@code run} of an experiment in a process like this one.
   *
   * @param options of its JVM, besides this one's
   * @param log what it says is appended there
   */
  static Victim start(
      Path experiment, Path results, Path log, List<String> options, String... words)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(o -> !o.startsWith("-javaagent") && !o.startsWith("-agentlib"))
        .forEach(command::add);
    command.addAll(Leash.words());
    command.add("-D%s=%s".formatted(TURNS, System.getProperty(TURNS)));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Lethe.class.getName()));
    command.addAll(List.of("run", experiment.toString(), "--results", results.toString()));
    command.addAll(List.of(words));
    return new Victim(new ProcessBuilder(command).redirectErrorStream(true).start(), log);
  }

  private void listen(Path log) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer copy =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        copy.write(line + "\n");
        hear(line.split(" +"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      atWork.countDown();
    }
  }

  private synchronized void hear(String[] words) {
    if (words.length < WORDS_OF_A_STAGE) {
      return;
    }
    if (words[1].equals("start")) {
      if (atWork.getCount() > 0) {
        firstStage = System.nanoTime();
        atWork.countDown();
      }
      running.put(words[words.length - 1], words[2] + " " + words[3]);
    } else if (words[1].equals("finish") || words[1].equals("FAILED")) {
      for (String word : words) {
        running.remove(word.replace(":", ""));
      }
    }
  }

  /** Its number. */
  long pid() {
    return process.pid();
  }

  /** Waits until its first stage starts, or until it is dead. */
  void awaitWork() throws InterruptedException {
    atWork.await();
  }

  /** Seconds from its birth to its first stage. */
  double secondsToWork() {
    return (firstStage - begun) * 1e-9;
  }

  /** Seconds since its first stage. */
  double secondsAtWork() {
    return (System.nanoTime() - firstStage) * 1e-9;
  }

  /** Whether it ends by itself within some milliseconds. */
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** SIGKILL. */
  void kill() {
    process.toHandle().destroyForcibly(); // the process itself would close its stream too
  }

  /** SIGTERM. */
  void stop() {
    process.toHandle().destroy();
  }

  /** Waits for its end, and gives its exit code. */
  int end() throws InterruptedException {
    int code = process.waitFor();
    ear.join();
    return code;
  }

  /** The stages it was at, by the beginning of their keys: their kind and label. */
  synchronized Map<String, String> running() {
    return new LinkedHashMap<>(running);
  }
}
