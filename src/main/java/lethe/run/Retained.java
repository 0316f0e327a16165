package lethe.run;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import lethe.data.DataException;
import lethe.data.ForgetSplit;
import lethe.data.RetainParts;
import lethe.plan.RetainRecipe;
import lethe.plan.Stage;

/** What a recipe puts in the place of the retain set. */
record Retained(Materials materials) {
  /**
   * The numbers in the image table of what a method trains on.
   *
   * @param firstPrototype the number of the first prototype
   * @param made how many prototypes there are
   */
  int[] images(Stage stage, int firstPrototype, int made) throws IOException {
    RetainRecipe recipe = stage.subject().recipe().orElseThrow();
    if (!recipe.condenses()) {
      return originals(stage, recipe);
    }
    RetainParts parts = materials.parts(stage);
    return IntStream.concat(
            Arrays.stream(parts.residualSet()),
            prototypes(stage, parts, made).map(i -> firstPrototype + i))
        .toArray();
  }

  /** Positions among the prototypes: all, or those of the clusters that are still free. */
  private IntStream prototypes(Stage stage, RetainParts parts, int made) throws IOException {
    IntStream all = IntStream.range(0, made);
    if (!stage.inputs().containsKey(Stage.FIRST_PARTS)) {
      return all;
    }
    int[] cluster =
        materials
            .input(stage, Stage.FIRST_PARTS, Materials.PARTS, RetainParts::read)
            .freeClusters();
    return all.filter(i -> Arrays.binarySearch(parts.freeClusters(), cluster[i]) >= 0);
  }

  /**
   * The training positions of a recipe without prototypes, ascending.
   *
   * @throws DataException when there are none
   */
  int[] originals(Stage stage, RetainRecipe recipe) throws IOException {
    ForgetSplit split = materials.split(stage);
    return switch (recipe) {
      case FREE ->
          some(
              stage,
              materials.parts(stage).freeSet(split.retain()),
              "every cluster has a forgotten one");
      case RESIDUAL ->
          some(
              stage,
              materials.parts(stage).residualSet(),
              "no retained one shares a cluster with a forgotten one");
      case WHOLE -> split.retain();
      default -> throw new IllegalArgumentException(recipe.id() + " has prototypes");
    };
  }

  private static int[] some(Stage stage, int[] images, String whyNone) {
    if (images.length == 0) {
      throw new DataException(
          "Recipe %s has no images in scenario %s on %s: %s."
              .formatted(
                  stage.subject().recipe().orElseThrow().id(),
                  stage.subject().scenario().orElseThrow().id(),
                  stage.subject().dataset().id(),
                  whyNone));
    }
    return images;
  }
}
