package lethe.run;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import lethe.ledger.Event;
import lethe.ledger.EventLog;
import lethe.ledger.JournalFile;
import lethe.ledger.JournalSchema;
import org.jspecify.annotations.Nullable;

/**
 * One run of an experiment: what the door starts, waits for and may stop.
 *
 * <p>It starts from what the journal and the store say, so the same call starts and resumes.
 */
public final class Run {
  private static final Duration STOP_LIMIT =
      Duration.ofSeconds(6); // a step may be longer: it is abandoned
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2); // after a stop
  private static final Duration END_LIMIT = Duration.ofSeconds(20); // the engine's own farewell

  private static final Supervisor.Ended BROKEN = // nobody is left to tell more
      new Supervisor.Ended(
          false,
          Optional.of(
              Obstacle.lasting(
                  "The actors of the run ended by themselves; the log says why. The same command goes on.")));

  private final Job job;
  private final Workshop workshop;
  private final RunSettings settings;
  private final Tally tally;
  private final StopFlag stop = new StopFlag();
  private final CompletableFuture<Supervisor.Ended> end = new CompletableFuture<>();
  private final AtomicReference<@Nullable ActorSystem<Guardian.Command>> system =
      new AtomicReference<>();

  public Run(Job job, Workshop workshop, RunSettings settings, RunListener listener) {
    this.job = job;
    this.workshop = workshop;
    this.settings = settings;
    this.tally = new Tally(job.plan().stages().size(), listener);
  }

  /** Version of Akka, for the provenance. */
  public static String akkaVersion() {
    return akka.Version.current();
  }

  /** Runs until all is done, failed or stopped, and closes the workshop; once. Blocks. */
  public RunOutcome start() {
    JournalFile.Reading reading = JournalFile.read(job.folder(), job.experiment());
    if (reading instanceof JournalFile.Foreign foreign) {
      return refusal(Obstacle.lasting(foreign.sentence()));
    }
    if (reading instanceof JournalFile.Unreadable unreadable) {
      return refusal(Obstacle.passing(unreadable.sentence()));
    }
    if (reading instanceof JournalFile.Damaged damaged) {
      return refusal(Obstacle.lasting(damaged.sentence()));
    }
    List<Event> events = reading instanceof JournalFile.Events known ? known.events() : List.of();
    try {
      JournalSchema.create(job.folder());
    } catch (SQLException | IOException e) {
      return refusal(
          Obstacle.passing(
              "The journal in " + job.folder() + " cannot be opened: " + Bench.reason(e)));
    }
    try (EventLog log = EventLog.open(job.folder(), events);
        DeviceLock device = Turnstile.of(settings.device())) {
      return run(
          new Workbench(
              job, workshop, settings, stop, tally, log, device, System::currentTimeMillis));
    } catch (IOException e) {
      return refusal(
          Obstacle.passing("A file that every run needs cannot be opened: " + Bench.reason(e)));
    }
  }

  private RunOutcome refusal(Obstacle obstacle) {
    workshop.close();
    return tally.outcome(false, Optional.of(obstacle));
  }

  private RunOutcome run(Workbench parts) {
    ActorSystem<Guardian.Command> actors =
        ActorSystem.create(Guardian.create(parts, end), "lethe", config());
    system.set(actors);
    actors.getWhenTerminated().whenComplete((done, fault) -> end.complete(BROKEN));
    if (stop.isRaised()) {
      requestStop(); // it came before there was anybody to tell
    }
    Supervisor.Ended ended = await();
    actors.terminate();
    waitFor(actors, stop.isRaised() ? CLOSE_LIMIT : END_LIMIT);
    return tally.outcome(ended.stopped(), ended.obstacle());
  }

  private Supervisor.Ended await() {
    try {
      return end.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop.raise();
      return new Supervisor.Ended(true, Optional.empty());
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of a run is told, never thrown", e);
    }
  }

  private static void waitFor(ActorSystem<?> actors, Duration limit) {
    try {
      actors.getWhenTerminated().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      actors.log().warn("The engine did not close in time and is left to the end of the process");
    }
  }

  private Config config() {
    return ConfigFactory.empty()
        .withValue(
            "akka-persistence-jdbc.shared-databases.slick.db.url",
            ConfigValueFactory.fromAnyRef(JournalSchema.url(job.folder())))
        .withValue(
            "lethe.cpu-dispatcher.thread-pool-executor.fixed-pool-size",
            ConfigValueFactory.fromAnyRef(settings.cpuThreads()))
        .withFallback(ConfigFactory.parseResources("lethe-akka.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  /**
   * Asks the run to end: no new stages, and the running ones give up at their next micro-batch.
   * {@link #start} returns within 8 seconds. May come from any thread, a signal handler's too.
   */
  public void requestStop() {
    stop.raise();
    ActorSystem<Guardian.Command> actors = system.get();
    if (actors != null) {
      actors.tell(Guardian.Stop.INSTANCE);
    }
    end.completeOnTimeout(
        new Supervisor.Ended(true, Optional.empty()), STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
