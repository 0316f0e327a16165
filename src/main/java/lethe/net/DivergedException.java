package lethe.net;

/** A training's loss is no longer a number. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param step from 1
   * @param epoch from 0
   */
  public DivergedException(long step, long total, int epoch, double loss) {
    super(
        "The loss is %s at step %d of %d (epoch %d); a smaller learning rate may help."
            .formatted(loss, step, total, epoch + 1));
  }
}
