package lethe.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String KEY = Specimen.KEY.hex();

  @Test
  void the_environment_stays_as_first_planned() {
    Progress progress = Progress.of(List.of(Specimen.planned(2, 1), Specimen.planned(4, 2)));
    assertEquals(2, progress.environment().orElseThrow().engineThreads());
    assertEquals(4, progress.planned().orElseThrow().environment().engineThreads());
  }

  @Test
  void an_environment_is_proven_by_an_engine_stage_that_finished_under_it() {
    Event.StageFinished trained =
        new Event.StageFinished("ab", "original", "d", Map.of(), List.of(), false, 2);
    Progress progress =
        Progress.of(
            List.of(
                Specimen.planned(2, 1),
                trained,
                Specimen.planned(4, 3), // say, for a device that then did not open:
                Specimen.finished("d1", 4))); // a split needs no engine
    assertEquals(2, progress.proven().orElseThrow().engineThreads());
    assertEquals(4, progress.apply(trained).proven().orElseThrow().engineThreads());
  }

  @Test
  void a_stage_that_failed_and_then_finished_is_finished() {
    Progress failed =
        Progress.NONE.apply(new Event.StageFailed(KEY, "split", "no luck", Fault.ERROR, 1, 1));
    assertEquals("no luck", failed.failedStage(Specimen.KEY).orElseThrow().reason());

    Progress finished = failed.apply(Specimen.finished("d1", 2));

    assertTrue(finished.isFinished(Specimen.KEY));
    assertTrue(finished.failed().isEmpty());
    assertFalse(failed.isFinished(Specimen.KEY), "earlier progress stays as it was");
  }

  @Test
  void a_lost_artifact_is_remembered_until_it_is_back() {
    Progress lost =
        Progress.of(List.of(Specimen.finished("d1", 1), new Event.ArtifactLost(KEY, "deleted", 2)));
    assertFalse(lost.isFinished(Specimen.KEY));
    assertEquals("d1", lost.lostStage(Specimen.KEY).flatMap(Progress.Lost::digest).orElseThrow());

    Progress back = lost.apply(Specimen.finished("d1", 3));

    assertTrue(back.isFinished(Specimen.KEY));
    assertTrue(back.lost().isEmpty());
  }
}
