package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import lethe.plan.Environment;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.report.Groundwork;
import org.junit.jupiter.api.Test;

class ClaimGroundTest {
  private static Groundwork ground(String experiment) throws Exception {
    Map<String, String> digests = Map.of("cifar-10", "d", "svhn", "d", "cinic-10", "d");
    Plan plan =
        Plan.of(
            GridReader.read(Path.of("experiments", experiment), List.of(), Catalogues.repertoire()),
            new Environment(
                "engine", "device", "fp32", 2, 0, 0, new TreeMap<>(), new TreeMap<>(digests)),
            Catalogues.repertoire());
    return new ClaimGround(plan, key -> Optional.empty()).gather();
  }

  /** Method and epochs, of every training that some cell rests on. */
  private static Set<String> epochs(String experiment) throws Exception {
    Set<String> all = new TreeSet<>();
    for (Map<String, Integer> of : ground(experiment).epochs().values()) {
      of.forEach((method, epochs) -> all.add(method + " " + epochs));
    }
    return all;
  }

  /** The same numbers stand in claims.conf as the authors' own. */
  @Test
  void the_papers_grids_train_for_the_authors_epochs() throws Exception {
    assertEquals(
        Set.of(
            "original 200",
            "retraining 100",
            "cf 50",
            "bad-distillation 30",
            "l1-sparse 40",
            "pruning 20",
            "scrub 15",
            "a-cf 1"),
        epochs("table4.conf"));
    assertEquals(
        Set.of(
            "original 200",
            "cf 50",
            "l1-sparse 30",
            "scrub 15",
            "a-cf 1",
            "a-l1-sparse 1",
            "a-scrub 1"),
        epochs("figure4.conf"));
    assertEquals(Set.of("original 200", "retraining 40"), epochs("figure2.conf"));
  }

  @Test
  void networks_are_counted_as_they_are_where_a_grid_says_nothing() throws Exception {
    assertEquals(
        Map.of(
            "convnet", 320_010,
            "resnet-18", 11_173_962,
            "resnet-50", 23_520_842,
            "convnet-bn", 320_010,
            "resnet-18-bn", 11_173_962,
            "resnet-50-bn", 23_520_842),
        ground("small-figure2.conf").parameters());
  }

  @Test
  void where_no_artifact_stands_no_sizes_are_known() throws Exception {
    assertEquals(Map.of(), ground("table4.conf").footings());
  }
}
