package lethe.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.ledger.Event;
import lethe.ledger.Manifest;
import lethe.ledger.Progress;
import lethe.plan.Plan;
import lethe.plan.StageKey;

/** Journal entries for what a run found and did. */
final class Entries {
  /** Another stage ran beside a timed one: its seconds may be too many. */
  static final String OVERLAPPED = "overlapped";

  /** A timed stage that another run did, which may or may not have had something beside it. */
  static final String OVERLAP_UNKNOWN = "overlap-unknown";

  /** The artifact was made again and came out different. */
  static final String NOT_REPRODUCED = "not-reproduced";

  private final Job job;
  private final boolean quiet;
  private final Plan plan;
  private final String planDigest;

  /**
   * @param quiet whether timing is quiet: then runs that share the store are taken to be so too
   */
  Entries(Job job, boolean quiet) {
    this.job = job;
    this.quiet = quiet;
    this.plan = job.plan();
    this.planDigest = plan.digest();
  }

  /** Entries for the start: the plan if it is new, artifacts lost, artifacts adopted. */
  List<Event> ofStart(Progress progress, List<Verification.Finding> findings, long now) {
    List<Event> events = new ArrayList<>();
    if (progress.planned().filter(this::isThisPlan).isEmpty()) {
      events.add(
          new Event.GridPlanned(
              job.experiment(),
              planDigest,
              job.environment(),
              plan.cells().size(),
              plan.stages().size(),
              now));
    }
    Progress state = progress;
    for (Verification.Finding finding : findings) {
      if (finding.lost().isPresent()) {
        Event lost = new Event.ArtifactLost(finding.key().hex(), finding.lost().get(), now);
        events.add(lost);
        state = state.apply(lost);
      }
      if (finding.adopted().isPresent()) {
        events.add(adopted(state, finding.key(), finding.adopted().get(), now));
      }
    }
    return events;
  }

  private boolean isThisPlan(Event.GridPlanned planned) {
    return planned.planDigest().equals(planDigest)
        && planned.environment().equals(job.environment())
        && planned.cells() == plan.cells().size();
  }

  private Event adopted(Progress progress, StageKey key, Manifest manifest, long now) {
    return new Event.StageFinished(
        key.hex(),
        manifest.stage(),
        manifest.digest(),
        manifest.seconds(),
        doubted(key, marked(progress, key, manifest.digest(), manifest.flags())),
        true,
        now);
  }

  /** The entry for one answer; empty for one that leaves no trace. */
  Optional<Event> of(
      StageReply reply, Progress progress, Failures failures, boolean overlapped, long now) {
    String kind = plan.stage(reply.key()).kind().id();
    String key = reply.key().hex();
    if (reply instanceof StageReply.Performed p) {
      List<String> flags = new ArrayList<>(marked(progress, p.key(), p.digest(), p.flags()));
      flags = p.adopted() ? doubted(p.key(), flags) : flags;
      if (overlapped && !p.adopted()) { // the seconds of an adopted one are its maker's
        flags.add(OVERLAPPED);
      }
      return Optional.of(
          new Event.StageFinished(key, kind, p.digest(), p.seconds(), flags, p.adopted(), now));
    }
    if (reply instanceof StageReply.Refused r) {
      int attempt = failures.attempt(r.key());
      return Optional.of(new Event.StageFailed(key, kind, r.reason(), r.fault(), attempt, now));
    }
    if (reply instanceof StageReply.Abandoned
        || reply instanceof StageReply.EngineMissing
        || reply instanceof StageReply.StoreFull) {
      return Optional.empty();
    }
    throw new IllegalStateException("No rule for the answer " + reply);
  }

  private List<String> doubted(StageKey key, List<String> flags) {
    if (quiet || !plan.stage(key).kind().timed()) {
      return flags;
    }
    List<String> all = new ArrayList<>(flags);
    all.add(OVERLAP_UNKNOWN);
    return all;
  }

  private static List<String> marked(
      Progress progress, StageKey key, String digest, List<String> flags) {
    Optional<String> before = progress.lostStage(key).flatMap(Progress.Lost::digest);
    if (before.isEmpty() || before.get().equals(digest)) {
      return flags;
    }
    List<String> all = new ArrayList<>(flags);
    all.add(NOT_REPRODUCED);
    return all;
  }
}
