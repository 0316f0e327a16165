package lethe.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lethe.kernel.array.MeanCi;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * The numbers of the paper's Tables 1 to 4: mean and half-width of the 95% confidence interval over
 * three repeats, as printed, doubtful cells included.
 */
final class PaperNumbers {
  /** The metric that is no score: seconds of the method alone. */
  static final String TIME = "time";

  private static final String RESOURCE = "paper-tables.csv";
  private static final int REPEATS = 3;
  private static final double LEVEL = 0.95;

  /** The table's words for what has another name here. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("cifar10", "cifar-10"),
          Map.entry("resnet18", "resnet-18"),
          Map.entry("resnet50", "resnet-50"),
          Map.entry("class", "random-class"),
          Map.entry("uniform10", "uniform-10"),
          Map.entry("bad_distillation", "bad-distillation"),
          Map.entry("l1_sparse", "l1-sparse"),
          Map.entry("mia_score", "mia-published"),
          Map.entry("retain_acc", "retain-accuracy"),
          Map.entry("forget_acc", "forget-accuracy"),
          Map.entry("test_acc", "test-accuracy"),
          Map.entry("unlearning_time_s", TIME));

  private record Place(
      String dataset,
      String network,
      String scenario,
      String method,
      boolean reduced,
      String metric) {}

  private final Map<Place, MeanCi> numbers = new HashMap<>();

  private PaperNumbers() {}

  /** The tables among the resources. */
  static PaperNumbers load() {
    PaperNumbers all = new PaperNumbers();
    try (InputStream in = PaperNumbers.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IOException("the resource lethe/report/" + RESOURCE + " is missing");
      }
      Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).build();
      for (CSVRecord row : format.parse(reader)) {
        Place place =
            new Place(
                name(row, "dataset"),
                name(row, "model"),
                name(row, "scenario"),
                name(row, "method"),
                row.get("condensed").equals("1"),
                name(row, "metric"));
        double mean = Double.parseDouble(row.get("mean"));
        double half = Double.parseDouble(row.get("ci95"));
        all.numbers.put(place, MeanCi.published(REPEATS, mean, half, LEVEL));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The paper's tables cannot be read", e);
    }
    return all;
  }

  private static String name(CSVRecord row, String column) {
    return NAMES.getOrDefault(row.get(column), row.get(column));
  }

  /** How many numbers there are. */
  int size() {
    return numbers.size();
  }

  /**
   * The number of one cell's line.
   *
   * @param network whose row to take: the cell's own or another
   * @param metric of {@code scores.csv}, or {@link #TIME}
   */
  Optional<MeanCi> find(Cell cell, String network, String metric) {
    if (cell.recipe() != RetainRecipe.WHOLE && cell.recipe() != RetainRecipe.REDUCED) {
      return Optional.empty();
    }
    return find(cell, network, cell.method(), cell.recipe() == RetainRecipe.REDUCED, metric);
  }

  /** The printed mean time over that of Retraining on the whole retain set. */
  Optional<Double> timeRatio(Cell cell, String network) {
    Optional<MeanCi> retraining = find(cell, network, ScoreSheet.REFERENCE, false, TIME);
    return find(cell, network, TIME)
        .flatMap(time -> retraining.map(reference -> time.mean() / reference.mean()));
  }

  private Optional<MeanCi> find(
      Cell cell, String network, String method, boolean reduced, String metric) {
    return Optional.ofNullable(
        numbers.get(
            new Place(
                cell.dataset().id(), network, cell.scenario().id(), method, reduced, metric)));
  }
}
