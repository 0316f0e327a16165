package lethe.plan;

/**
 * How much memory of the device a stage will take, told from shapes. The room that knows the shapes
 * says it; the plan asks before anything runs.
 */
public interface MemoryModel {
  /**
   * The most images in one pass of a training step that fit.
   *
   * @param settings of the method or the training
   * @param budget bytes; 0 for no limit
   * @return 0 where whole steps fit, or where splitting is impossible
   */
  int microBatch(Spec network, Settings settings, long budget);

  /**
   * The most memory an engine stage takes at once, in bytes; at least what it really takes.
   *
   * @param microBatch most images in one pass of a training step; 0 for no limit
   */
  long peak(Stage stage, int microBatch);

  /**
   * What to try for a stage that ran out of memory: the next smaller number of images in a pass.
   *
   * @return 0 where its passes cannot be smaller
   */
  int smallerPasses(Stage stage);

  /** Knows nothing: every step fits. */
  MemoryModel NONE =
      new MemoryModel() {
        @Override
        public int microBatch(Spec network, Settings settings, long budget) {
          return 0;
        }

        @Override
        public long peak(Stage stage, int microBatch) {
          return 0;
        }

        @Override
        public int smallerPasses(Stage stage) {
          return 0;
        }
      };
}
