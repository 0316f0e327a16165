package lethe.unlearn;

import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Training;
import lethe.net.Weights;

/** A method that is a training: little more than its loss. */
interface Trained extends Method {
  /** The training that forgets. */
  Training training(Task task);

  @Override
  default Weights unlearn(Task task, TrainLoop loop, Signals signals) {
    return loop.run(task.start(), training(task), signals);
  }
}
