package lethe.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;

/**
 * The name of a stage's result: SHA-256 over everything that can change it, as 64 lower-case
 * hexadecimal digits.
 *
 * @param hex the digest
 */
public record StageKey(String hex) implements Comparable<StageKey> {
  private static final int DIGITS = 64; // 256 bits

  public StageKey {
    if (hex.length() != DIGITS || !isDigits(hex)) {
      throw new IllegalArgumentException(
          "A stage key has 64 hexadecimal digits, not \"" + hex + "\"");
    }
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** The key of {@code ingredients}: one line "name = value" each, in the order of names. */
  public static StageKey of(SortedMap<String, String> ingredients) {
    StringBuilder text = new StringBuilder();
    ingredients.forEach(
        (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return new StageKey(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** The first ten digits: enough for a log line. */
  public String brief() {
    return hex.substring(0, 10);
  }

  @Override
  public int compareTo(StageKey other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
