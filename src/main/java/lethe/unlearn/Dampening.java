package lethe.unlearn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.kernel.array.SynapticDampening;
import lethe.net.Moments;
import lethe.net.Objective;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Knob;
import lethe.plan.Settings;

/** What {@link Ssd} and {@link LossFreeSsd} share: all but what makes a weight important. */
record Dampening(Task task, TrainLoop loop, Signals signals) {
  static final List<Knob> KNOBS =
      List.of(
          SgdKnobs.BATCH,
          Knob.number("selection", 0, Double.MAX_VALUE),
          Knob.number("dampening", Double.MIN_VALUE, Double.MAX_VALUE),
          Knob.number("exponent", Double.MIN_VALUE, 100),
          Knob.number("lower-bound", 0, 1));

  /** The dampened weights, importances being the mean of {@code form} over batches. */
  Weights dampened(Objective objective, Moments.Form form) {
    Settings settings = task.settings();
    SynapticDampening dampening =
        new SynapticDampening(
            settings.number("selection"),
            settings.number("dampening"),
            settings.number("exponent"),
            settings.number("lower-bound"));
    int[] every =
        IntStream.concat(IntStream.of(task.forget()), IntStream.of(task.retain())).toArray();
    List<float[]> all = importances("all", every, objective, form);
    List<float[]> forget = importances("forget", task.forget(), objective, form);
    List<float[]> dampened = new ArrayList<>();
    boolean swapped = settings.asPublished();
    for (int i = 0; i < all.size(); i++) {
      float[] general = swapped ? forget.get(i) : all.get(i);
      float[] special = swapped ? all.get(i) : forget.get(i);
      dampened.add(dampening.of(task.start().values(i), general, special));
    }
    return task.start().withFirst(dampened);
  }

  private List<float[]> importances(
      String name, int[] images, Objective objective, Moments.Form form) {
    int batch = task.settings().integer("batch");
    int[] order = images.clone();
    new Draws(task.seeds().of(name + "-order", 0, 0)).shuffle(order);
    int batches = (order.length + batch - 1) / batch;
    List<Moments.Term> terms = new ArrayList<>();
    for (int b = 0; b < batches; b++) {
      int[] some = Arrays.copyOfRange(order, b * batch, Math.min((b + 1) * batch, order.length));
      terms.add(new Moments.Term(some, objective, 1.0 / batches));
    }
    return Moments.of("importances-" + name, loop, task.start(), terms, form, signals);
  }
}
