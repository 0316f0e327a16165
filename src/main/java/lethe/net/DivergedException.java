package lethe.net;

/** A training's loss, or a weight, is no longer a number. */
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

  /** The loss of the last step was a number, the weights after it are not. */
  DivergedException(String parameter, long steps) {
    super(
        "The weights %s are not finite after the last of %d steps; a smaller learning rate may help."
            .formatted(parameter, steps));
  }
}
