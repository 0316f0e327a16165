package lethe.unlearn;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import lethe.kernel.array.WarmupCosine;
import lethe.net.Pass;
import lethe.net.Sgd;
import lethe.net.Training;
import lethe.plan.Knob;
import lethe.plan.Settings;

/** Settings of methods that follow SGD, and their trainings. */
final class SgdKnobs {
  static final Knob EPOCHS = Knob.integer("epochs", 1, 10_000);
  static final Knob BATCH = Knob.integer("batch", 1, 65_536);
  static final Knob LEARNING_RATE = Knob.number("learning-rate", Double.MIN_VALUE, 10);

  /** Of methods whose learning rate stays as it is. */
  static final List<Knob> CONSTANT =
      List.of(
          EPOCHS,
          BATCH,
          LEARNING_RATE,
          Knob.number("momentum", 0, Math.nextDown(1.0)),
          Knob.number("weight-decay", 0, 1));

  /** Of methods whose learning rate is warmed up and then lowered. */
  static final List<Knob> ALL =
      with(CONSTANT, List.of(Knob.integer("warmup-epochs", 0, 10_000).notAbove("epochs")));

  private SgdKnobs() {}

  /** {@code knobs} and a method's own. */
  static List<Knob> with(List<Knob> knobs, List<Knob> own) {
    return Stream.concat(knobs.stream(), own.stream()).toList();
  }

  /** The training of a method whose settings have {@link #ALL} among them. */
  static Training training(Accelerable method, Task task) {
    Settings settings = task.settings();
    WarmupCosine schedule =
        new WarmupCosine(settings.integer("warmup-epochs"), settings.integer("epochs"));
    double rate = settings.number("learning-rate");
    return training(method, task, epoch -> rate * schedule.factor(epoch));
  }

  /** The training of a method whose settings have {@link #CONSTANT} among them. */
  static Training constantTraining(Accelerable method, Task task) {
    double rate = task.settings().number("learning-rate");
    return training(method, task, epoch -> rate);
  }

  private static Training training(Accelerable method, Task task, IntToDoubleFunction rateOf) {
    Settings settings = task.settings();
    IntFunction<List<Phase>> phases = method.phases(task);
    return new Training(
        settings.integer("epochs"),
        settings.integer("batch"),
        epoch ->
            phases.apply(epoch).stream()
                .map(p -> Pass.over(p.leading(), p.pool(), p.objective()))
                .toList(),
        new Sgd(settings.number("momentum"), settings.number("weight-decay")),
        rateOf,
        task.seeds(),
        method.masking(task));
  }
}
