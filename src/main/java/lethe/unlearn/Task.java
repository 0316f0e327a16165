package lethe.unlearn;

import lethe.net.Inference;
import lethe.net.StepSeeds;
import lethe.net.Weights;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;

/**
 * What a method is given. Images are numbers in the image table: training images, then test images,
 * then prototypes.
 *
 * @param settings of the method's block
 * @param recipe what stands in {@code retain}
 * @param retain R, or what the recipe puts in its place
 * @param forget F
 * @param unseen T; disjoint from the images results are reported on
 * @param start weights the training starts from, which a teacher may be made of too
 * @param answers of {@code start}, for methods whose teacher it is
 * @param inference what any other weights say of the images
 * @param seeds of shuffles and samples
 */
public record Task(
    Settings settings,
    RetainRecipe recipe,
    int[] retain,
    int[] forget,
    int[] unseen,
    Weights start,
    Answers answers,
    Inference inference,
    StepSeeds seeds) {}
