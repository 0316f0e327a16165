package lethe.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import lethe.plan.Plan;
import lethe.run.Workshop;
import picocli.CommandLine;

/** Calls the door as a user would, in this process. */
public final class Door {
  private static final Duration SOON = Duration.ofMillis(10);
  private static final long PLENTY = 1; // byte: the same on every disk

  private Door() {}

  /** What came back. */
  public record Answer(int exit, String out, String err) {}

  public static Answer call(String... words) {
    return call(CommandLine.defaultFactory(), words);
  }

  /**
   * The same with another workshop in place of the real one, two short back-offs and a short pause.
   */
  public static Answer call(BiFunction<Plan, Workshop, Workshop> workshop, String... words) {
    Fittings fittings =
        new Fittings(workshop, List.of(SOON, SOON), folders -> new Pause(folders, SOON, PLENTY));
    CommandLine.IFactory verbs =
        new CommandLine.IFactory() {
          @Override
          public <K> K create(Class<K> verb) throws Exception {
            return verb.equals(RunVerb.class)
                ? verb.cast(new RunVerb(fittings))
                : CommandLine.defaultFactory().create(verb);
          }
        };
    return call(verbs, words);
  }

  private static Answer call(CommandLine.IFactory verbs, String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine door = Lethe.door(new PrintWriter(out), new PrintWriter(err), verbs);
    int exit = Lethe.execute(door, words);
    return new Answer(exit, out.toString(), err.toString());
  }
}
