package lethe.net;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import lethe.data.Checkpoint;
import lethe.data.DataException;

/** Runs a {@link Training}. */
public final class TrainLoop {
  private static final String PART = "training"; // in checkpoints
  private static final int READ_EVERY = 16; // steps: reading a loss makes the host wait for CUDA

  private final EngineSession session;
  private final Network network;
  private final ImageTable table;
  private final int microBatch;

  /**
   * @param microBatch most images in one forward pass; 0 for no limit
   * @throws DataException for a limit that the network's batch norm does not bear
   */
  public TrainLoop(EngineSession session, Network network, ImageTable table, int microBatch) {
    if (microBatch > 0 && network.mixesImages()) {
      throw new DataException(
          "micro-batch is %d, but batch norm looks at a batch as a whole; with it, micro-batch must be 0."
              .formatted(microBatch));
    }
    this.session = session;
    this.network = network;
    this.table = table;
    this.microBatch = microBatch;
  }

  /**
   * Trains {@code start} and gives the weights at the end, or of the best epoch where the training
   * has judges.
   *
   * @throws StoppedException when asked to stop
   * @throws DivergedException when the loss, or a weight at the end, is no longer a number
   */
  public Weights run(Weights start, Training training, Signals signals) {
    try (NDManager scope = session.scope()) {
      NDList raw = start.toDevice(scope);
      MaskedParameters parameters = new MaskedParameters(network, raw, scope);
      Run run =
          new Run(
              training,
              signals,
              parameters,
              new OptimizerState(
                  training.optimizer(), scope, new NDList(raw.subList(0, network.trained()))),
              training.steps());
      signals.checkpoints().left(PART).ifPresent(run::restore);
      while (run.epoch < Math.min(training.epochs(), signals.mostSteps())) {
        run.epoch();
        if (training.judges().length > 0) {
          run.best.offer(Weights.from(network, parameters.effective(scope)), training.judges());
        }
      }
      Weights last = run.end(Weights.from(network, parameters.effective(scope)));
      return run.best.weights().orElse(last);
    }
  }

  EngineSession session() {
    return session;
  }

  public Network network() {
    return network;
  }

  ImageTable table() {
    return table;
  }

  /** Loss and gradients of one step, in one piece where it fits. */
  StepResult step(StepInputs inputs, Objective objective, Signals signals) {
    boolean fits = microBatch == 0 || inputs.size() <= microBatch;
    return fits
        ? new WholeStep(inputs).result(objective)
        : new SplitStep(inputs, microBatch, signals).result(objective);
  }

  /** A training under way: all that a step changes. */
  private final class Run {
    private final Training training;
    private final Signals signals;
    private final MaskedParameters parameters;
    private final OptimizerState state;
    private final BestEpoch best;
    private final long total;
    private int epoch; // of the next step
    private int pass;
    private int step;
    private boolean goesOn; // from a checkpoint, which is left after the epoch's masks are set
    private long done;
    private double loss = Double.NaN; // of the last step whose loss was read

    Run(
        Training training,
        Signals signals,
        MaskedParameters parameters,
        OptimizerState state,
        long total) {
      this.training = training;
      this.signals = signals;
      this.parameters = parameters;
      this.state = state;
      this.total = total;
      this.best = new BestEpoch(new Inference(session, network, table, signals.unheard()));
    }

    /** Does the rest of the epoch, which is all of it unless it goes on from a checkpoint. */
    void epoch() {
      if (!goesOn) {
        parameters.before(epoch, training.masking());
      }
      goesOn = false;
      double rate = training.learningRateOf().applyAsDouble(epoch);
      List<Pass> passes = training.passesOf().apply(epoch);
      for (; pass < passes.size(); pass++, step = 0) {
        Objective objective = passes.get(pass).objective();
        Batches batches = new Batches(passes.get(pass), pass, epoch, training, table::label);
        int steps = Math.min(batches.steps(), signals.mostSteps());
        for (; step < steps; step++) {
          signals.checkpoints().between(PART, this::checkpoint);
          signals.check();
          step(objective, batches.images(step), rate);
          signals.progress(done, total, loss);
        }
      }
      epoch++;
      pass = 0;
    }

    private Checkpoint checkpoint() {
      DeviceState state =
          new DeviceState()
              .with("epoch", epoch)
              .with("pass", pass)
              .with("step", step)
              .with("done", done);
      parameters.save(state);
      this.state.save(state);
      best.save(state);
      return state.checkpoint();
    }

    private void restore(Checkpoint left) {
      epoch = left.whole("epoch");
      pass = left.whole("pass");
      step = left.whole("step");
      done = left.whole("done");
      parameters.restore(left);
      state.restore(left);
      best.restore(left);
      goesOn = true;
    }

    /** The last step's own outcome shows in no loss. */
    Weights end(Weights weights) {
      weights
          .firstNotFinite()
          .ifPresent(
              parameter -> {
                throw new DivergedException(parameter, total);
              });
      return weights;
    }

    private void step(Objective objective, Map<Role, int[]> images, double rate) {
      try (NDManager scope = session.scope()) {
        Kernels kernels = session.kernels(scope);
        NDList effective = parameters.effective(scope);
        StepInputs inputs =
            new StepInputs(session, network, table, kernels, effective, images, epoch, true);
        StepResult result = TrainLoop.this.step(inputs, objective, signals);
        NDList moved = new NDList(parameters.raw().subList(0, network.trained()));
        state.step(kernels, moved, parameters.masked(result.gradients()), rate);
        done++;
        if (!session.settings().cuda() || done % READ_EVERY == 0 || done == total) {
          loss = result.loss().toType(DataType.FLOAT64, false).getDouble();
          if (!Double.isFinite(loss)) {
            throw new DivergedException(done, total, epoch, loss);
          }
        }
      }
    }
  }
}
