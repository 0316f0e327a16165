package lethe.report;

import static lethe.plan.RetainRecipe.REDUCED;
import static lethe.plan.RetainRecipe.WHOLE;
import static lethe.report.Samples.UNIFORM;
import static lethe.report.Samples.cell;
import static lethe.report.Samples.result;
import static lethe.report.Samples.timing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import lethe.plan.Cell;
import lethe.plan.Protocol;
import lethe.plan.Scenario;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.StageKind;
import org.junit.jupiter.api.Test;

class EvidenceTest {
  @Test
  void overheads_and_passes_are_numbers_of_a_cell() {
    Cell whole = cell(UNIFORM, "cf", WHOLE, 1);
    Cell reduced = cell(UNIFORM, "cf", REDUCED, 1);
    Evidence evidence =
        Evidence.of(
            List.of(result(whole, 1, 1, 1, 1), result(reduced, 1, 1, 1, 1)),
            List.of(
                timing(reduced, StageKind.FEATURES, Map.of("clusterSeconds", 1.0)),
                timing(reduced, StageKind.CLUSTERS, Map.of("clusterSeconds", 2.0)),
                timing(reduced, StageKind.PARTS, Map.of("sampleSeconds", 4.0)),
                timing(reduced, StageKind.PROTOTYPES, Map.of("condenseSeconds", 8.0)),
                timing(reduced, StageKind.UNLEARNED, Map.of("unlearnSeconds", 16.0))),
            new Groundwork(
                Map.of(
                    whole,
                        new Footing(
                            20, 180, 140, OptionalInt.empty(), 15, 64, 0, Footing.Diet.RETAINED),
                    reduced,
                        new Footing(
                            20, 180, 140, OptionalInt.of(90), 15, 64, 0, Footing.Diet.RETAINED)),
                Map.of(),
                Map.of()));
    Place place = Place.of(whole);
    assertEquals(15, value(evidence, place, "overhead(cf, reduced)"));
    assertEquals(8, value(evidence, place, "condensation(cf, reduced, blend)"));
    assertEquals(8, value(evidence, place, "condensation(cf, reduced, blend, ipc-40)"));
    assertEquals(16, value(evidence, place, "time(cf, reduced)"));
    assertEquals(0.5, value(evidence, place, "images(cf, reduced) / images(cf)"));
    assertEquals(0.5, value(evidence, place, "passes(cf, reduced) / passes(cf)"));
    assertTrue(Double.isNaN(value(evidence, place, "time(cf)")), "unmeasured");
    assertTrue(Double.isNaN(value(evidence, place, "time(cf, reduced, dm)")), "no such cell");
    assertTrue(Double.isNaN(value(evidence, place, "time(cf, reduced, ipc-41)")), "no such cell");
    assertTrue(Double.isNaN(value(evidence, place, "time(cf, reduced, round-1)")), "no such cell");
  }

  /** Seeds 1 and 2 are a pair, 3 and 5 are the next, 7 has nobody. */
  @Test
  void seeds_are_taken_two_by_two() {
    Evidence evidence =
        Evidence.of(
            Stream.of(1, 2, 3, 5, 7)
                .map(seed -> result(cell(UNIFORM, "cf", WHOLE, seed), 1, 1, seed, 1))
                .toList(),
            List.of(),
            new Groundwork(Map.of(), Map.of(), Map.of()));
    Formula formula = FormulaText.read("test-accuracy(cf, next-seed)", Map.of());
    Place place = Place.of(cell(UNIFORM, "cf", WHOLE, 1));
    List<Double> next =
        Stream.of(1, 2, 3, 5, 7)
            .map(seed -> formula.value(term -> evidence.value(place, seed, term)))
            .toList();
    assertEquals(List.of(2.0, Double.NaN, 5.0, Double.NaN, Double.NaN), next);
  }

  /** 200 images: Blend has a weight for each, DM 3 x 32 x 32 numbers for each of 100 it makes. */
  @Test
  void condensers_optimise_weights_or_pixels() {
    Cell blend = condensed("blend");
    Cell dm = condensed("dm");
    Cell mean = condensed("mean");
    Footing footing = new Footing(0, 200, 0, OptionalInt.of(100), 40, 64, 0, Footing.Diet.RETAINED);
    Evidence evidence =
        Evidence.of(
            Stream.of(blend, dm, mean).map(c -> result(c, 1, 1, 1, 1)).toList(),
            List.of(),
            new Groundwork(Map.of(blend, footing, dm, footing, mean, footing), Map.of(), Map.of()));
    Place place = Place.of(blend);
    assertEquals(200, value(evidence, place, "optimised(retraining, reduced, blend)"));
    assertEquals(307_200, value(evidence, place, "optimised(retraining, reduced, dm)"));
    assertTrue(Double.isNaN(value(evidence, place, "optimised(retraining, reduced, mean)")));
  }

  private static Cell condensed(String condenser) {
    return new Cell(
        Samples.GLYPHS,
        Samples.CONVNET,
        new Scenario.None(),
        0,
        "retraining",
        REDUCED,
        Optional.of(new Spec(condenser, Settings.NONE, new TreeMap<>())),
        Optional.of(10),
        Protocol.CORRECTED,
        1);
  }

  private static double value(Evidence evidence, Place place, String formula) {
    return FormulaText.read(formula, Map.of()).value(term -> evidence.value(place, 1, term));
  }
}
