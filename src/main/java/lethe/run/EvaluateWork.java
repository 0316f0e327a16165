package lethe.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import lethe.data.Dataset;
import lethe.data.HostTensor;
import lethe.data.RetainParts;
import lethe.data.SafeTensors;
import lethe.data.Scores;
import lethe.evaluate.Distances;
import lethe.evaluate.Scoring;
import lethe.net.ImageTable;
import lethe.net.Inference;
import lethe.net.Network;
import lethe.net.Signals;
import lethe.net.Stopwatch;
import lethe.net.Weights;
import lethe.plan.Seeds;
import lethe.plan.Stage;
import lethe.plan.StageKind;
import lethe.plan.Subject;

/** Stages that judge weights: their logits, scores and distances from those. */
record EvaluateWork(Materials materials) {
  Rooms.Report logits(Stage stage, Signals signals) throws IOException {
    ImageTable table = materials.images(stage);
    Network network = materials.network(stage);
    Weights weights =
        materials.input(stage, "weights", Materials.WEIGHTS, file -> Weights.read(file, network));
    Stopwatch stopwatch = Stopwatch.start(materials.engine());
    int images = table.size(); // training images, test images, prototypes where they are scored
    float[] logits =
        new Inference(materials.engine(), network, table, signals)
            .logits(weights, IntStream.range(0, images).toArray());
    double seconds = stopwatch.seconds();
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put(Materials.LOGITS_ARRAY, HostTensor.of(logits, images, network.classes()));
    return new Rooms.Report(
        Spans.EVALUATE,
        seconds,
        List.of(),
        draft -> SafeTensors.write(draft.file(Materials.LOGITS), tensors));
  }

  Rooms.Report scores(Stage stage) throws IOException {
    Subject subject = stage.subject();
    Dataset dataset = materials.subset(stage).dataset();
    float[] logits = materials.logits(stage);
    Optional<RetainParts> parts =
        stage.inputs().containsKey(StageKind.PARTS.id())
            ? Optional.of(materials.parts(stage))
            : Optional.empty();
    Stopwatch stopwatch = Stopwatch.start();
    Scores scores =
        Scoring.score(
            logits,
            dataset.train().labels(),
            dataset.test().labels(),
            materials.split(stage),
            parts,
            trainedOn(stage, dataset),
            stage.settings(),
            Seeds.of(
                dataset.id(),
                subject.seed(),
                "attack",
                subject.scenario().orElseThrow().id(),
                subject.round()));
    double seconds = stopwatch.seconds();
    return report(scores, seconds, Materials.SCORES);
  }

  Rooms.Report distances(Stage stage) throws IOException {
    HostTensor own = materials.array(stage, "logits", Materials.LOGITS, Materials.LOGITS_ARRAY);
    HostTensor reference =
        materials.array(stage, Stage.REFERENCE, Materials.LOGITS, Materials.LOGITS_ARRAY);
    int[] forget = materials.split(stage).forget();
    Stopwatch stopwatch = Stopwatch.start();
    int classes = (int) own.shape()[1]; // [images, classes]
    Scores distances = Distances.score(own.floats(), reference.floats(), classes, forget);
    double seconds = stopwatch.seconds();
    return report(distances, seconds, Materials.DISTANCES);
  }

  private static Rooms.Report report(Scores scores, double seconds, String file) {
    return new Rooms.Report(
        Spans.EVALUATE, seconds, scores.flags(), draft -> scores.write(draft.file(file)));
  }

  /** What the retain accuracy is taken on, where that is not R. */
  private Optional<Scoring.TrainedOn> trainedOn(Stage stage, Dataset dataset) throws IOException {
    if (!stage.inputs().containsKey(StageKind.PROTOTYPES.id())) {
      return Optional.empty();
    }
    int[] labels = materials.prototypes(stage).labels();
    int real = dataset.train().size() + dataset.test().size();
    int[] rows = new Retained(materials).images(stage, real, labels.length);
    return Optional.of(new Scoring.TrainedOn(rows, labels));
  }
}
