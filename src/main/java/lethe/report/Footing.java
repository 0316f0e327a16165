package lethe.report;

import java.util.OptionalInt;

/**
 * What the cost of one cell's method stands on: sizes of its sets and lengths of its training.
 *
 * @param forget |F|
 * @param retain |R|
 * @param unseen |T|, of all classes
 * @param reduced size of what takes the place of R; empty for the whole retain set
 * @param epochs passes over R or what takes its place
 * @param batch images of R in a step
 * @param companions images of F, and of T, for each image of R in a step; 0 for methods without
 * @param diet what an epoch passes besides, or instead
 */
public record Footing(
    int forget,
    int retain,
    int unseen,
    OptionalInt reduced,
    int epochs,
    int batch,
    int companions,
    Diet diet) {

  /**
   * What a method passes of R and of F itself, companions apart.
   *
   * @param share of R, or what takes its place, that is passed
   * @param withForget whether all of F is shuffled into it
   * @param forgetEpochs epochs that pass over F before the pass over R
   */
  public record Diet(double share, boolean withForget, int forgetEpochs) {
    /** All of R and nothing else. */
    public static final Diet RETAINED = new Diet(1, false, 0);
  }

  /** Images of R, or what takes its place, in an epoch. */
  int led() {
    return reduced.orElse(retain);
  }

  /**
   * Image passes of the training, a forward pass being 1 and forward and backward 3: for each step
   * of b images 3b, and with companions 3 min(cb, |F|) + min(cb, |T'|), T' being T restricted to
   * the classes of F; 3 |F| for each epoch over F alone. Teachers are asked once an image, beside
   * the training: that is not counted.
   *
   * @param matchedUnseen |T'|
   */
  double passes(double matchedUnseen) {
    double pool = diet.share() * led() + (diet.withForget() ? forget : 0);
    double steps = pool / batch;
    double wanted = (double) companions * batch;
    double step = 3.0 * batch + 3 * Math.min(wanted, forget) + Math.min(wanted, matchedUnseen);
    return epochs * steps * step + 3.0 * diet.forgetEpochs() * forget;
  }
}
