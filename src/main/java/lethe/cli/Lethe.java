package lethe.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import lethe.data.DataException;
import lethe.net.EngineUnavailableException;
import lethe.plan.GridException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The door: one verb a class, one sentence a problem, exit codes that scripts rely on. */
@Command(
    name = "lethe",
    description =
        "Runs machine-unlearning benchmarks; what is killed goes on with the same command.",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    subcommands = {
      RunVerb.class,
      PlanVerb.class,
      StatusVerb.class,
      TableVerb.class,
      ClaimsVerb.class,
      GcVerb.class,
      DoctorVerb.class,
      EventsVerb.class
    },
    footer = {
      "",
      "Exit codes: 0 all done, 1 some cells failed (claims: what is known to be false holds), 2 usage or",
      "configuration, 3 stopped and resumable, 4 environment (engine, data, disk, another process at work).",
      "LETHE_DEBUG=1 prints stack traces. First steps: lethe run experiments/quickstart.conf"
    })
public final class Lethe implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

  /** Runs one verb and ends the process with its exit code. */
  public static void main(String[] words) {
    Leash.wear();
    Outlet outlet = Outlet.standard(FileDescriptor.out);
    PrintStream out = new PrintStream(outlet, true, utf8());
    PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, utf8());
    int exit =
        execute(new PrintWriter(out, true, utf8()), new PrintWriter(err, true, utf8()), words);
    out.flush();
    if (outlet.loss().isPresent()) {
      err.println("lethe: The output could not be written: " + outlet.loss().get() + ".");
      exit = exit == Exit.DONE ? Exit.ENVIRONMENT : exit;
    }
    err.flush();
    System.exit(exit);
  }

  private static java.nio.charset.Charset utf8() {
    return StandardCharsets.UTF_8;
  }

  /** Runs one verb; for tests too. */
  static int execute(PrintWriter out, PrintWriter err, String... words) {
    return execute(door(out, err), words);
  }

  static CommandLine door(PrintWriter out, PrintWriter err) {
    return door(out, err, CommandLine.defaultFactory());
  }

  /** With somebody else to make the verbs. */
  static CommandLine door(PrintWriter out, PrintWriter err, CommandLine.IFactory verbs) {
    return new CommandLine(new Lethe(), verbs)
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(110)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Lethe::misused)
        .setExecutionExceptionHandler(Lethe::failed);
  }

  /**
   * The log of a run closes after the last sentence, so that it has the trace of whatever ended the
   * verb: errors of the JVM too, which the command line itself lets pass.
   */
  static int execute(CommandLine door, String... words) {
    try {
      return door.execute(words);
    } catch (Throwable e) {
      trace(e, door.getErr());
      return say(door.getErr(), Exit.ENVIRONMENT, List.of(Mishap.sentence(e)));
    } finally {
      LogFile.close();
      door.getOut().flush();
      door.getErr().flush();
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  private static int misused(CommandLine.ParameterException e, String[] words) {
    CommandLine verb = e.getCommandLine();
    if (verb.getParent() == null && e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      verb.getErr()
          .println(
              "lethe: There is no verb \"%s\"; there are run, plan, status, table, claims, gc and doctor."
                  .formatted(unmatched.getUnmatched().get(0)));
      return Exit.USAGE;
    }
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    verb.getErr()
        .println(
            "lethe: %s (see %s --help)".formatted(message, verb.getCommandSpec().qualifiedName()));
    return Exit.USAGE;
  }

  private static int failed(Exception e, CommandLine verb, CommandLine.ParseResult parsed) {
    PrintWriter err = verb.getErr();
    trace(e, err);
    if (e instanceof Refusal refusal) {
      return say(err, refusal.exit(), refusal.sentences());
    }
    if (e instanceof GridException grid) {
      return say(err, Exit.USAGE, grid.problems());
    }
    if (e instanceof DataException || e instanceof EngineUnavailableException) {
      return say(err, Exit.ENVIRONMENT, List.of(String.valueOf(e.getMessage())));
    }
    return say(err, Exit.ENVIRONMENT, List.of(Mishap.sentence(e)));
  }

  private static void trace(Throwable e, PrintWriter err) {
    if (System.getenv("LETHE_DEBUG") != null) {
      e.printStackTrace(err);
    }
  }

  private static int say(PrintWriter err, int exit, List<String> sentences) {
    sentences.forEach(sentence -> err.println("lethe: " + sentence));
    return exit;
  }
}
