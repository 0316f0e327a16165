package lethe.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The rooms, their ranks, and the walls between them. */
class WallsTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("lethe");

  /** Who may see whom: a room, and the rooms it may use besides itself. Arrows point down. */
  private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("plan", List.of());
    MAY_USE.put("kernel.array", List.of());
    MAY_USE.put("kernel.tensor", List.of("kernel.array"));
    MAY_USE.put("data", List.of("plan", "kernel.array"));
    List<String> belowNet = List.of("data", "plan", "kernel.array", "kernel.tensor");
    MAY_USE.put("net", belowNet);
    List<String> belowStages = with(belowNet, "net");
    MAY_USE.put("partition", belowStages);
    MAY_USE.put("condense", belowStages);
    MAY_USE.put("unlearn", belowStages);
    MAY_USE.put("evaluate", belowStages);
    MAY_USE.put("ledger", List.of("data", "plan"));
    // The workshop of a real run hands generators to the rooms; formulas stay out of its sight.
    MAY_USE.put(
        "run",
        List.of(
            "kernel.array",
            "data",
            "plan",
            "net",
            "partition",
            "condense",
            "unlearn",
            "evaluate",
            "ledger"));
    MAY_USE.put("report", List.of("ledger", "data", "plan", "kernel.array"));
    // A listener hears the run, so watch may name what run tells.
    MAY_USE.put("watch", List.of("report", "run", "ledger", "plan"));
  }

  /** Rooms that may name a tensor. */
  private static final String[] TENSOR_ROOMS = {
    "lethe.kernel.tensor..",
    "lethe.net..",
    "lethe.condense..",
    "lethe.unlearn..",
    "lethe.evaluate.."
  };

  /** Who may look at a clock: the run and the door, and the one stopwatch of the engine rooms. */
  private static final Set<String> CLOCK_ROOMS = Set.of("lethe.run", "lethe.cli");

  private static final Set<String> CLOCK_CLASSES =
      Set.of(
          "lethe.net.Stopwatch",
          // An owner signs with the hour it came; a provenance says when it began and ended.
          "lethe.ledger.Owner",
          "lethe.ledger.Provenance");

  private static List<String> with(List<String> rooms, String more) {
    return Stream.concat(rooms.stream(), Stream.of(more)).toList();
  }

  @TestFactory
  Stream<DynamicTest> a_room_uses_only_the_rooms_below_it() {
    return MAY_USE.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> wall(entry.getKey(), entry.getValue()).check(HOUSE)));
  }

  private static ArchRule wall(String room, List<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(room), others.stream())
            .map(name -> "lethe." + name + "..")
            .toArray(String[]::new);
    DescribedPredicate<JavaClass> beyond =
        resideInAnyPackage("lethe..").and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    return noClasses()
        .that()
        .resideInAPackage("lethe." + room + "..")
        .should()
        .dependOnClassesThat(beyond.as("live in a room that lethe.%s may not use", room))
        .allowEmptyShould(true);
  }

  @Test
  void every_room_has_a_rank() {
    Set<String> known =
        MAY_USE.keySet().stream().map(name -> "lethe." + name).collect(Collectors.toSet());
    classes()
        .should(
            condition(
                "live in a room with a rank",
                (c, events) -> {
                  String home = c.getPackageName();
                  boolean ok =
                      home.equals("lethe")
                          || home.equals("lethe.cli")
                          || known.stream()
                              .anyMatch(r -> home.equals(r) || home.startsWith(r + "."));
                  if (!ok) {
                    events.add(SimpleConditionEvent.violated(c, c.getName() + " has no rank"));
                  }
                }))
        .check(HOUSE);
  }

  @Test
  void nothing_sees_the_door() {
    noClasses()
        .that()
        .resideOutsideOfPackage("lethe.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("lethe.cli..")
        .check(HOUSE);
  }

  @Test
  void no_class_knows_both_actors_and_tensors() {
    classes()
        .should(
            condition(
                "not know both Akka and DJL",
                (c, events) -> {
                  if (knows(c, "akka.") && knows(c, "ai.djl.")) {
                    events.add(
                        SimpleConditionEvent.violated(c, c.getName() + " knows Akka and DJL"));
                  }
                }))
        .check(HOUSE);
  }

  private static boolean knows(JavaClass c, String prefix) {
    return c.getDirectDependenciesFromSelf().stream()
        .anyMatch(d -> d.getTargetClass().getName().startsWith(prefix));
  }

  @Test
  void akka_lives_in_run_and_watch_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages("lethe.run..", "lethe.watch..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("akka..")
        .check(HOUSE);
  }

  @Test
  void tensors_live_in_the_engine_rooms_only() {
    noClasses()
        .that()
        .resideOutsideOfPackages(TENSOR_ROOMS)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl..")
        .check(HOUSE);
  }

  @Test
  void the_command_line_library_stays_at_the_door() {
    noClasses()
        .that()
        .resideOutsideOfPackage("lethe.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(HOUSE);
  }

  @Test
  void no_class_or_room_has_a_name_that_says_nothing() {
    classes()
        .should(
            condition(
                "have a name that says what it is",
                (c, events) -> {
                  for (String word :
                      List.of("Util", "Common", "Helper", "Manager", "Base", "Core")) {
                    if (c.getSimpleName().startsWith(word)
                        || c.getSimpleName().endsWith(word)
                        || c.getSimpleName().endsWith(word + "s")
                        || List.of(c.getPackageName().split("\\."))
                            .contains(word.toLowerCase(java.util.Locale.ROOT))) {
                      events.add(SimpleConditionEvent.violated(c, c.getName() + " says " + word));
                    }
                  }
                }))
        .check(HOUSE);
  }

  @Test
  void randomness_comes_from_semantic_seeds_only() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(
            java.util.Random.class,
            java.util.SplittableRandom.class,
            java.util.concurrent.ThreadLocalRandom.class,
            java.security.SecureRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .check(HOUSE);
  }

  @Test
  void clocks_are_read_by_the_run_the_door_and_the_stopwatch_only() {
    DescribedPredicate<JavaAccess<?>> clock =
        DescribedPredicate.describe("a clock is read", WallsTest::readsClock);
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not among the few who may",
                (JavaClass c) ->
                    !CLOCK_CLASSES.contains(c.getName())
                        && CLOCK_ROOMS.stream().noneMatch(r -> c.getPackageName().startsWith(r))))
        .should()
        .accessTargetWhere(clock)
        .check(HOUSE);
  }

  private static boolean readsClock(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    return (owner.equals("java.lang.System")
            && (target.getName().equals("nanoTime")
                || target.getName().equals("currentTimeMillis")))
        || (owner.startsWith("java.time.") && target.getName().equals("now"))
        || (owner.equals("java.time.Clock") && target.getName().startsWith("system"))
        || (owner.equals("java.util.Date") && target.getName().equals("<init>"));
  }

  /**
   * Java 17 has no exhaustive switch over types: a message nobody matches would be dropped in
   * silence. A match is a class literal ({@code onMessage(X.class, ...)}) or an {@code instanceof},
   * of the message or of a group of messages it belongs to.
   */
  @Test
  void every_message_an_actor_declares_is_matched_somewhere() {
    Set<String> matched =
        HOUSE.stream()
            .filter(c -> c.getPackageName().startsWith("lethe.run") || inWatch(c))
            .flatMap(
                c ->
                    Stream.concat(
                        c.getReferencedClassObjects().stream().map(r -> r.getRawType().getName()),
                        c.getInstanceofChecks().stream().map(i -> i.getRawType().getName())))
            .collect(Collectors.toSet());
    classes()
        .that(
            DescribedPredicate.describe(
                "are commands of an actor",
                (JavaClass c) ->
                    !c.isInterface()
                        && c.getAllRawInterfaces().stream()
                            .anyMatch(i -> i.getSimpleName().equals("Command"))))
        .should(
            condition(
                "be matched by somebody",
                (c, events) -> {
                  boolean found =
                      matched.contains(c.getName())
                          || c.getAllRawInterfaces().stream()
                              .filter(i -> !i.getSimpleName().equals("Command"))
                              .anyMatch(i -> matched.contains(i.getName()));
                  if (!found) {
                    events.add(
                        SimpleConditionEvent.violated(c, c.getName() + " is matched nowhere"));
                  }
                }))
        .allowEmptyShould(true)
        .check(HOUSE);
  }

  private static boolean inWatch(JavaClass c) {
    return c.getPackageName().startsWith("lethe.watch");
  }

  /** What a rule looks at in one class. */
  private interface Look {
    void at(JavaClass c, ConditionEvents events);
  }

  private static ArchCondition<JavaClass> condition(String text, Look look) {
    return new ArchCondition<>(text) {
      @Override
      public void check(JavaClass c, ConditionEvents events) {
        look.at(c, events);
      }
    };
  }
}
