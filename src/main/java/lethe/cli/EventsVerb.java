package lethe.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import lethe.ledger.Event;
import lethe.ledger.EventLog;
import lethe.ledger.JournalFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** {@code lethe events}: the journal as it is, one JSON object a line; for scripts. */
@Command(name = "events", hidden = true, description = "The journal, one JSON object a line.")
final class EventsVerb implements Callable<Integer> {
  @Mixin private Request request = new Request();
  @picocli.CommandLine.Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Experiment experiment = Experiment.of(request);
    PrintWriter out = Terminal.out(spec);
    JournalFile.Reading reading = JournalFile.read(experiment.folder(), experiment.grid().name());
    if (reading instanceof JournalFile.Damaged damaged) {
      throw Refusal.environment(damaged.sentence());
    }
    if (reading instanceof JournalFile.Unreadable unreadable) {
      throw Refusal.environment(unreadable.sentence());
    }
    if (reading instanceof JournalFile.Foreign foreign) {
      throw Refusal.usage(foreign.sentence());
    }
    if (reading instanceof JournalFile.Events events) {
      for (Event event : events.events()) {
        out.print(EventLog.line(event));
      }
    }
    return Exit.DONE;
  }
}
