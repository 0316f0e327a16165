package lethe.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.bench.SkippedException;
import org.jspecify.annotations.Nullable;

/**
 * A script of {@code bench/peer} in a Python process that stays: it does its work once each time it
 * is asked, so that both sides take turns.
 */
final class Peer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String script;
  private final Process process;
  private final Writer asked;
  private final BufferedReader answers;

  private Peer(String script, Process process) {
    this.script = script;
    this.process = process;
    this.asked = process.outputWriter(StandardCharsets.UTF_8);
    this.answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * Starts one as its users do; empty where no Python is named.
   *
   * @throws SkippedException where it is, and the script does not start
   */
  static Optional<Peer> start(String script, Object... words) throws IOException, SkippedException {
    return start(script, false, words);
  }

  /** Starts one with the allocator's settings of this process, which are the launcher's. */
  static Optional<Peer> startKeepingMemory(String script, Object... words)
      throws IOException, SkippedException {
    return start(script, true, words);
  }

  private static Optional<Peer> start(String script, boolean keepsMemory, Object... words)
      throws IOException, SkippedException {
    String python = System.getProperty("bench.python", "");
    if (python.isEmpty()) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(python, "bench/peer/" + script + ".py"));
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (!keepsMemory) {
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.matches("MALLOC_.*|GLIBC_TUNABLES|OMP_WAIT_POLICY"));
    }
    Peer peer = new Peer(script, builder.start());
    if (!"ready".equals(peer.answers.readLine())) {
      peer.close();
      throw new SkippedException("%s does not start with %s".formatted(script, python));
    }
    return Optional.of(peer);
  }

  /** Has it work once, and waits. */
  JsonNode ask() throws IOException {
    asked.write("go\n");
    asked.flush();
    @Nullable String line = answers.readLine();
    if (line == null) {
      throw new IOException("The peer " + script + " has ended");
    }
    return JSON.readTree(line);
  }

  /** Seconds of its work, done once. */
  double seconds() throws IOException {
    return ask().get("seconds").asDouble();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
