package lethe.net;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * What a step found, in the step's scope.
 *
 * @param loss before the update
 * @param gradients one a parameter
 */
record StepResult(NDArray loss, NDList gradients) {}
