package lethe.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import lethe.report.Result;
import lethe.report.Timing;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code lethe table}: the paper's tables from what is finished so far. */
@Command(name = "table", description = "Tables from what is finished so far.")
final class TableVerb implements Callable<Integer> {
  @Mixin private Request request = new Request();

  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Overview overview = Overview.of(Experiment.of(request));
    PrintWriter out = Terminal.out(spec);
    overview.damage().ifPresent(s -> Terminal.err(spec).println("lethe: " + s));
    Sheets sheets = Sheets.of(overview);
    List<Result> results = sheets.results();
    List<Timing> timings = sheets.timings();
    out.print(sheets.table(results, timings));
    int cells = overview.plan().cells().size();
    if (results.size() < cells) {
      out.println();
      out.println("So far %d of %d cells are finished.".formatted(results.size(), cells));
    }
    return Exit.DONE;
  }
}
