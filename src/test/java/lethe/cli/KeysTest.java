package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lethe.plan.Environment;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.plan.StageKey;
import org.junit.jupiter.api.Test;

/**
 * The keys of quickstart, as they were when they last changed for a reason. A key that changes by
 * mistake makes every user's store compute again what it has.
 */
class KeysTest {
  @Test
  void the_keys_of_quickstart_stay_as_they_are() throws Exception {
    Plan plan =
        Plan.of(
            GridReader.read(
                Path.of("experiments/quickstart.conf"), List.of(), Catalogues.repertoire()),
            new Environment(
                "engine",
                "device",
                "fp32",
                2,
                0,
                0,
                new TreeMap<>(),
                new TreeMap<>(Map.of("glyphs", "digest"))),
            Catalogues.repertoire());
    Map<String, String> digests = new TreeMap<>();
    for (var kind : Sheets.byKind(plan).entrySet()) {
      digests.put(kind.getKey().id(), digest(kind.getValue()));
    }
    assertEquals(
        Map.of(
            "split", "576438c2d4b0",
            "original", "5f2555e22aa1",
            "features", "faf3f1b7a956",
            "clusters", "719aa9fd8d38",
            "parts", "9f756bc01835",
            "prototypes", "852599c20b6a",
            "unlearned", "efa22b83ad1c",
            "logits", "c50c4f63fa56",
            "scores", "87c5e7eb8fed",
            "distances", "011d1630abbf"),
        digests);
  }

  private static String digest(List<StageKey> keys) throws Exception {
    String text = keys.stream().map(StageKey::hex).sorted().collect(Collectors.joining("\n"));
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, 12);
  }
}
