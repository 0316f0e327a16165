package lethe.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Semantic seeds: the randomness of everything is a function of what it is for, never of when it
 * runs. Stage versions, environment, recipe and order of work do not enter, so the arms of a
 * comparison stay paired.
 */
public final class Seeds {
  private Seeds() {}

  /**
   * The seed of one purpose.
   *
   * @param dataset dataset id
   * @param seed the grid's seed
   * @param purpose what is drawn, such as {@code "split"}
   * @param more what else tells it apart (network, method, round, epoch, step)
   */
  public static long of(String dataset, long seed, String purpose, Object... more) {
    StringBuilder text = new StringBuilder();
    text.append(dataset).append('\n').append(seed).append('\n').append(purpose);
    for (Object part : more) {
      text.append('\n').append(part);
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
