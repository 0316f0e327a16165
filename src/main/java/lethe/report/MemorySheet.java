package lethe.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lethe.plan.Stage;

/**
 * {@code memory.csv}: what engine stages were expected to take of the device's memory, and took.
 */
public final class MemorySheet {
  private static final List<String> HEADER =
      List.of("stage", "subject", "micro-batch", "estimated-bytes", "peak-bytes", "key");

  private MemorySheet() {}

  /**
   * One engine stage.
   *
   * @param estimated bytes, from shapes
   * @param peak measured bytes: on a CPU of the whole process; empty where unknown
   */
  public record Row(Stage stage, long estimated, String peak) {}

  public static String text(Collection<Row> stages) {
    List<List<String>> rows = new ArrayList<>();
    for (Row row : stages) {
      Stage stage = row.stage();
      rows.add(
          List.of(
              stage.kind().id(),
              stage.subject().label(),
              String.valueOf(stage.microBatch()),
              String.valueOf(row.estimated()),
              row.peak(),
              stage.key().brief()));
    }
    return Csv.text(HEADER, rows);
  }
}
