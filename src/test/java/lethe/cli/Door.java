package lethe.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Calls the door as a user would, in this process. */
public final class Door {
  private Door() {}

  /** What came back. */
  public record Answer(int exit, String out, String err) {}

  public static Answer call(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Lethe.execute(new PrintWriter(out), new PrintWriter(err), words);
    return new Answer(exit, out.toString(), err.toString());
  }
}
