package lethe.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.plan.Environment;
import lethe.plan.GridReader;
import lethe.plan.Plan;
import lethe.report.Groundwork;

/** What claims stand on before anything ran, for tests of other rooms too. */
public final class Grounds {
  private static final Map<String, String> DIGESTS =
      Map.of("cifar-10", "d", "svhn", "d", "cinic-10", "d");

  private Grounds() {}

  public static Groundwork of(Path experiment, List<String> words) throws Exception {
    Environment environment =
        new Environment(
            "engine", "device", "fp32", 2, 0, 0, new TreeMap<>(), new TreeMap<>(DIGESTS));
    Plan plan =
        Plan.of(
            GridReader.read(experiment, words, Catalogues.repertoire()),
            environment,
            Catalogues.repertoire());
    return new ClaimGround(plan, key -> Optional.empty()).gather();
  }
}
