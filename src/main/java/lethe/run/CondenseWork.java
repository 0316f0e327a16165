package lethe.run;

import java.io.IOException;
import java.util.List;
import lethe.condense.CondenseSeeds;
import lethe.condense.CondenseTask;
import lethe.condense.Condenser;
import lethe.condense.Condensers;
import lethe.data.Clusters;
import lethe.data.RetainParts;
import lethe.kernel.array.Draws;
import lethe.net.Embedder;
import lethe.net.ImageTable;
import lethe.net.Signals;
import lethe.net.Stopwatch;
import lethe.plan.Seeds;
import lethe.plan.Stage;
import lethe.plan.Subject;

/** The stage that condenses. */
record CondenseWork(Materials materials) {
  private static final String REFUSED = "blend-refused-steps";

  Rooms.Report prototypes(Stage stage, Signals signals) throws IOException {
    ImageTable table = materials.images(stage);
    Clusters clusters = materials.clusters(stage);
    RetainParts parts = materials.parts(stage);
    Condenser condenser = Condensers.of(stage.settings().text("condenser"));
    Stopwatch stopwatch = signals.checkpoints().timing(Stopwatch.start(materials.engine()));
    Embedder embedder = PartitionWork.embedder(stage, "embedder-condense");
    Condenser.Condensed condensed =
        condenser.condense(
            new CondenseTask(
                materials.engine(),
                embedder,
                table,
                clusters,
                parts,
                stage.settings(),
                seeds(stage.subject(), stage.settings().text("condenser")),
                signals));
    double seconds = stopwatch.seconds();
    return new Rooms.Report(
        Spans.CONDENSE,
        seconds,
        condensed.refusedSteps() > 0 ? List.of(REFUSED) : List.of(),
        draft -> condensed.prototypes().write(draft.file(Materials.PROTOTYPES)));
  }

  private static CondenseSeeds seeds(Subject subject, String condenser) {
    String dataset = subject.dataset().id();
    return (purpose, iteration, label) ->
        new Draws(
            Seeds.of(dataset, subject.seed(), "condense", condenser, purpose, iteration, label));
  }
}
