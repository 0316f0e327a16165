package lethe.unlearn;

import lethe.net.Inference;
import lethe.net.StepSeeds;
import lethe.net.Weights;
import lethe.plan.Settings;

/**
 * What a method is given. Images are numbers in the image table: training images, then test images,
 * then prototypes.
 *
 * @param settings of the method's block
 * @param retain R, or what the recipe puts in its place
 * @param forget F
 * @param unseen T; disjoint from the images results are reported on
 * @param start weights the training starts from, which a teacher may be made of too
 * @param inference what any weights say of the images, for methods with a teacher
 * @param seeds of shuffles and samples
 */
public record Task(
    Settings settings,
    int[] retain,
    int[] forget,
    int[] unseen,
    Weights start,
    Inference inference,
    StepSeeds seeds) {}
