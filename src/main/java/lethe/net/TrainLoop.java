package lethe.net;

/** Runs a {@link Training}. */
public final class TrainLoop {
  private final EngineSession session;
  private final Network network;
  private final ImageTable table;
  private final int microBatch;

  /**
   * @param microBatch most images in one forward pass; 0 for no limit
   */
  public TrainLoop(EngineSession session, Network network, ImageTable table, int microBatch) {
    this.session = session;
    this.network = network;
    this.table = table;
    this.microBatch = microBatch;
  }

  /**
   * Trains {@code start} and gives the weights at the end.
   *
   * @throws StoppedException when asked to stop
   * @throws DivergedException when the loss is no longer a number
   */
  public Weights run(Weights start, Training training, Signals signals) {
    throw new UnsupportedOperationException(
        "not yet: " + session + network + table + microBatch + start + training + signals);
  }
}
