package lethe.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.ledger.Fault;
import lethe.plan.Family;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.plan.Subject;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final Duration SHORT = Duration.ofSeconds(5);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Failures failures = new Failures(List.of(SHORT, LONG));

  private static Stage stage(StageKind kind, String dataset, String network, long seed) {
    Subject subject = Subject.of(spec(dataset), seed).on(spec(network));
    return new Stage(kind, subject, Settings.NONE, new TreeMap<>(), new TreeMap<>());
  }

  private static Spec spec(String id) {
    return new Spec(id, Settings.NONE, new TreeMap<>());
  }

  @Test
  void memory_is_tried_again_after_each_back_off_and_then_fails() {
    StageKey key = new Sketch().stage(StageKind.ORIGINAL, "a").key("a");
    assertEquals(1, failures.attempt(key));
    assertEquals(Optional.of(SHORT), failures.again(key, Fault.MEMORY));
    assertEquals(2, failures.attempt(key));
    assertEquals(Optional.of(LONG), failures.again(key, Fault.MEMORY));
    assertEquals(3, failures.attempt(key));
    assertEquals(Optional.empty(), failures.again(key, Fault.MEMORY));
  }

  @Test
  void only_a_lack_of_memory_with_attempts_left_may_be_left_to_the_next_run() {
    StageKey key = new Sketch().stage(StageKind.ORIGINAL, "a").key("a");
    StageReply full = new StageReply.Refused(key, "no memory", Fault.MEMORY);
    assertTrue(failures.mayHelpLater(full));
    assertFalse(failures.mayHelpLater(new StageReply.Refused(key, "a mistake")));
    assertFalse(failures.mayHelpLater(new StageReply.Abandoned(key)));
    failures.attempt(key);
    assertTrue(failures.mayHelpLater(full), "the third attempt is left");
    failures.attempt(key);
    assertFalse(failures.mayHelpLater(full));
  }

  @Test
  void attempts_are_counted_for_each_stage() {
    Sketch sketch = new Sketch().stage(StageKind.ORIGINAL, "a").stage(StageKind.ORIGINAL, "b");
    failures.attempt(sketch.key("a"));
    failures.attempt(sketch.key("a"));
    failures.attempt(sketch.key("b"));
    assertEquals(Optional.of(SHORT), failures.again(sketch.key("b"), Fault.MEMORY));
  }

  @Test
  void what_comes_again_is_never_tried_again() {
    StageKey key = new Sketch().stage(StageKind.ORIGINAL, "a").key("a");
    failures.attempt(key);
    assertEquals(Optional.empty(), failures.again(key, Fault.ERROR));
    assertEquals(Optional.empty(), failures.again(key, Fault.DIVERGED));
  }

  @Test
  void the_third_failure_alike_gives_up_the_family_once() {
    Stage[] alike = new Stage[5];
    for (int i = 0; i < alike.length; i++) {
      alike[i] = stage(StageKind.ORIGINAL, "glyphs", "convnet", i);
    }
    assertEquals(Optional.empty(), failures.givenUp(alike[0], "image 17 of seed 1 is empty"));
    assertEquals(Optional.empty(), failures.givenUp(alike[1], "image 9 of seed 2 is empty"));
    assertEquals(
        Optional.of(Family.of(alike[0])),
        failures.givenUp(alike[2], "image 123 of seed 3 is empty"),
        "numbers apart it is the same reason");
    assertEquals(Optional.empty(), failures.givenUp(alike[3], "image 4 of seed 4 is empty"));
  }

  @Test
  void other_reasons_and_other_families_count_for_themselves() {
    for (int seed = 0; seed < 2; seed++) {
      for (String network : List.of("convnet", "resnet-18")) {
        Stage stage = stage(StageKind.ORIGINAL, "glyphs", network, seed);
        assertEquals(Optional.empty(), failures.givenUp(stage, "the loss is no number"));
        assertEquals(Optional.empty(), failures.givenUp(stage, "the class is empty"));
      }
    }
    Stage third = stage(StageKind.ORIGINAL, "glyphs", "convnet", 3);
    assertEquals(Optional.of(Family.of(third)), failures.givenUp(third, "the class is empty"));
  }

  @Test
  void a_family_is_alike_but_for_seed_scenario_and_round() {
    Family one = Family.of(stage(StageKind.ORIGINAL, "glyphs", "convnet", 1));
    assertEquals(one, Family.of(stage(StageKind.ORIGINAL, "glyphs", "convnet", 2)));
    assertNotEquals(one, Family.of(stage(StageKind.LOGITS, "glyphs", "convnet", 1)));
    assertNotEquals(one, Family.of(stage(StageKind.ORIGINAL, "cifar-10", "convnet", 1)));
    assertNotEquals(one, Family.of(stage(StageKind.ORIGINAL, "glyphs", "resnet-18", 1)));
    assertEquals("original glyphs/convnet", one.label());
  }

  @Test
  void another_width_or_number_of_clusters_makes_another_family() {
    Spec wide = new Spec("convnet", settings("width", "512"), departures("width", "512"));
    Spec narrow = new Spec("convnet", settings("width", "32"), departures("width", "32"));
    Subject subject = Subject.of(spec("glyphs"), 1);
    Family one = of(subject.on(wide));
    assertNotEquals(one, of(subject.on(narrow)));
    assertEquals("unlearned glyphs/convnet(width=512)", one.label());
    Spec two = new Spec("blend", settings("clusters-per-class", "2"), new TreeMap<>());
    Spec ten = new Spec("blend", settings("clusters-per-class", "10"), new TreeMap<>());
    assertNotEquals(of(subject.with(two)), of(subject.with(ten)));
    assertNotEquals(of(subject.with(two)).label(), of(subject.with(ten)).label());
  }

  private static Family of(Subject subject) {
    return Family.of(
        new Stage(StageKind.UNLEARNED, subject, Settings.NONE, new TreeMap<>(), new TreeMap<>()));
  }

  private static Settings settings(String name, String value) {
    return new Settings(departures(name, value));
  }

  private static TreeMap<String, String> departures(String name, String value) {
    return new TreeMap<>(Map.of(name, value));
  }
}
