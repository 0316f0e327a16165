package lethe.plan;

import java.util.Map;
import java.util.Optional;

/**
 * What one round of one scenario offers to every network and method.
 *
 * @param split of the images into forgotten, retained, unseen and evaluated ones
 * @param parts free and residual images for the scores of rows that do not need them to train, in
 *     grids that compare the parts
 * @param feeds what each arm trains on
 */
record Ground(
    Scenario scenario, int round, StageKey split, Optional<StageKey> parts, Map<Arm, Feed> feeds) {

  /**
   * What one arm trains on.
   *
   * @param inputs of the training, by role, besides split and original weights
   * @param parts free and residual images for the scores
   */
  record Feed(Map<String, StageKey> inputs, Optional<StageKey> parts) {}

  Feed feed(Arm arm) {
    Feed feed = feeds.get(arm);
    if (feed == null) {
      throw new IllegalArgumentException("No feed for " + arm + " among " + feeds.keySet());
    }
    return feed;
  }
}
