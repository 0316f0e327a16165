package lethe.unlearn;

import java.util.List;
import lethe.kernel.array.WarmupCosine;
import lethe.net.Pass;
import lethe.net.Sgd;
import lethe.net.Training;
import lethe.plan.Knob;
import lethe.plan.Settings;

/** Settings of methods that follow SGD with a learning rate warmed up and then lowered. */
final class SgdKnobs {
  static final Knob EPOCHS = Knob.integer("epochs", 1, 10_000);
  static final Knob BATCH = Knob.integer("batch", 1, 65_536);
  static final Knob LEARNING_RATE = Knob.number("learning-rate", Double.MIN_VALUE, 10);

  static final List<Knob> ALL =
      List.of(
          EPOCHS,
          BATCH,
          LEARNING_RATE,
          Knob.number("momentum", 0, Math.nextDown(1.0)),
          Knob.number("weight-decay", 0, 1),
          Knob.integer("warmup-epochs", 0, 10_000));

  private SgdKnobs() {}

  /** The training of a method whose settings are {@link #ALL}. */
  static Training training(Accelerable method, Task task) {
    Settings settings = task.settings();
    int epochs = settings.integer("epochs");
    WarmupCosine schedule = new WarmupCosine(settings.integer("warmup-epochs"), epochs);
    double rate = settings.number("learning-rate");
    return new Training(
        epochs,
        settings.integer("batch"),
        epoch ->
            method.phases(task, epoch).stream()
                .map(p -> Pass.over(p.leading(), task.pool(p.leading()), p.objective()))
                .toList(),
        new Sgd(settings.number("momentum"), settings.number("weight-decay")),
        epoch -> rate * schedule.factor(epoch),
        task.seeds());
  }
}
