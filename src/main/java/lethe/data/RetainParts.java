package lethe.data;

/**
 * What F-sampling leaves (Algorithm 2).
 *
 * @param freeClusters ids of the clusters without a forget image that are not empty, ascending
 * @param residualSet training positions of retained images that share a cluster with a forget
 *     image, ascending
 */
public record RetainParts(int[] freeClusters, int[] residualSet) {}
