package lethe.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import lethe.report.ClaimSheet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code lethe claims}: which of the paper's claims hold, from what is finished so far. */
@Command(
    name = "claims",
    description = "Which of the paper's claims hold here, and how sure.",
    footer = {
      "",
      "Statements known to be false are judged too. Exit code 1: one of them holds, so results or judgement",
      "are wrong. A claim that does not hold is no error: exit code 0."
    })
final class ClaimsVerb implements Callable<Integer> {
  @Mixin private Request request = new Request();
  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Overview overview = Overview.of(Experiment.of(request));
    PrintWriter out = Terminal.out(spec);
    PrintWriter err = Terminal.err(spec);
    overview.damage().ifPresent(s -> err.println("lethe: " + s));
    Sheets sheets = Sheets.of(overview);
    ClaimSheet claims = sheets.claims(sheets.results(), sheets.timings());
    out.print(claims.text());
    return exit(claims.heldControls(), err);
  }

  /**
   * @param held controls that hold though they are known to be false
   */
  static int exit(List<String> held, PrintWriter err) {
    if (held.isEmpty()) {
      return Exit.DONE;
    }
    err.println(
        "lethe: What is known to be false holds here: %s. Do not trust these results."
            .formatted(String.join("; ", held)));
    return Exit.FAILED;
  }
}
