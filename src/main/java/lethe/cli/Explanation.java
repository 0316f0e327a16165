package lethe.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import lethe.plan.Stage;
import lethe.plan.StageKey;

/** What went into a key: why a stage is the same as another, or is not. */
final class Explanation {
  private static final int MOST = 20; // candidates named when a prefix fits too many

  private final List<Overview> overviews;

  Explanation(List<Overview> overviews) {
    this.overviews = List.copyOf(overviews);
  }

  int print(String prefix, PrintWriter out) {
    if (prefix.isBlank()) {
      throw Refusal.usage("--explain is empty; it must be the beginning of a key.");
    }
    TreeMap<StageKey, Overview> found = new TreeMap<>();
    for (Overview overview : overviews) {
      for (StageKey key : overview.plan().stages().keySet()) {
        if (key.hex().startsWith(prefix.toLowerCase(Locale.ROOT))) {
          found.putIfAbsent(key, overview);
        }
      }
    }
    if (found.isEmpty()) {
      throw Refusal.usage("No stage of the plan has a key that begins with \"" + prefix + "\".");
    }
    if (found.size() > 1) {
      out.println(found.size() + " keys begin with \"" + prefix + "\":");
      found.entrySet().stream()
          .limit(MOST)
          .forEach(e -> out.println(line(e.getKey(), e.getValue())));
      return Exit.DONE;
    }
    Map.Entry<StageKey, Overview> only = found.firstEntry();
    explain(only.getKey(), only.getValue(), out);
    return Exit.DONE;
  }

  private static String line(StageKey key, Overview overview) {
    Stage stage = overview.plan().stage(key);
    return "  %s %s %s".formatted(key.brief(), stage.kind().id(), stage.subject().label());
  }

  private static void explain(StageKey key, Overview overview, PrintWriter out) {
    Stage stage = overview.plan().stage(key);
    out.println("%s  %s %s".formatted(key, stage.kind().id(), stage.subject().label()));
    out.println("SHA-256 over these lines:");
    stage.ingredients().forEach((name, value) -> out.println("  " + name + " = " + value));
    stage
        .inputs()
        .forEach((role, input) -> out.println("reads " + role + ":" + line(input, overview)));
    for (StageKey user : overview.plan().usersOf(key)) {
      out.println("read by:" + line(user, overview));
    }
    out.println(
        switch (overview.standing(key)) {
          case FINISHED -> "finished, in " + overview.store().folder(key);
          case STORED -> "not in this journal, but there: " + overview.store().folder(key);
          case FAILED -> "failed";
          case LEFT -> "to be done";
        });
  }
}
