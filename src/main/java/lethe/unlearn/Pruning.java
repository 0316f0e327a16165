package lethe.unlearn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lethe.kernel.array.MagnitudePruning;
import lethe.kernel.array.PruningSchedule;
import lethe.net.Masking;
import lethe.net.Masks;
import lethe.net.ParameterSpec;
import lethe.net.Training;
import lethe.net.Weights;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Settings;
import lethe.plan.StageKind;

/**
 * Pruning: training on without the forget set, while the smallest convolution weights are switched
 * off.
 *
 * <p><b>Idea.</b> Small weights hold single images more than classes; without them the network
 * learns the retained images anew.
 *
 * <p><b>Source.</b> Jia et al. (2023), "Model sparsity can simplify machine unlearning"; {@code
 * prunning.py} lines 7-84 and 136-149 of the authors' code.
 *
 * <p><b>Equation.</b> min_θ mean CE(R; m ∘ θ), from the original θ; before some epochs {@link
 * MagnitudePruning} takes weights out of m as {@link PruningSchedule} says.
 *
 * <p><b>Departures.</b> None from the code: masked weights get no gradient of the loss but decay,
 * the optimiser keeps its state across events, and linear layers and norms are not pruned.
 *
 * <p><b>Cost.</b> A forward and a backward pass over R an epoch, and at each event a copy of the
 * weights to the host.
 */
final class Pruning implements Accelerable {
  private static final int CONVOLUTION = 4; // dimensions of its weights: out, in, height, width

  static final List<Knob> OWN =
      List.of(
          Knob.number("target-sparsity", 0, Math.nextDown(1.0)),
          Knob.integer("prune-every", 1, 10_000).notAbove("epochs"));

  private static final Card CARD =
      new Card(
          "pruning",
          "Pruning",
          "unlearn.pruning",
          1,
          SgdKnobs.with(SgdKnobs.CONSTANT, OWN),
          Set.of(StageKind.ORIGINAL));

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public IntFunction<List<Phase>> phases(Task task) {
    return epoch -> List.of(Phase.retained(task));
  }

  @Override
  public Masking masking(Task task) {
    Settings settings = task.settings();
    PruningSchedule schedule =
        new PruningSchedule(
            settings.number("target-sparsity"),
            settings.integer("prune-every"),
            settings.integer("epochs"));
    double rate = schedule.rate();
    return (epoch, now, weights) ->
        schedule.eventBefore(epoch)
            ? Optional.of(pruned(now, weights.get(), rate))
            : Optional.empty();
  }

  private static Masks pruned(Masks now, Weights weights, double rate) {
    List<ParameterSpec> specs = weights.specs();
    int[] convolutions =
        IntStream.range(0, specs.size())
            .filter(i -> specs.get(i).shape().size() == CONVOLUTION)
            .toArray();
    List<boolean[]> left =
        MagnitudePruning.keep(
            IntStream.of(convolutions).mapToObj(weights::values).toList(),
            IntStream.of(convolutions).mapToObj(i -> now.on().get(i)).toList(),
            rate);
    List<boolean[]> on = new ArrayList<>(now.on());
    for (int c = 0; c < convolutions.length; c++) {
      on.set(convolutions[c], left.get(c));
    }
    return new Masks(on);
  }

  @Override
  public Training training(Task task) {
    return SgdKnobs.constantTraining(this, task);
  }
}
