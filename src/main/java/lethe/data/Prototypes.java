package lethe.data;

/**
 * Condensed images, one for each free cluster, in the order of {@link RetainParts#freeClusters()}.
 *
 * @param images n * 3,072 normalised values, laid out as in {@link ImageSet}; not clamped
 * @param labels class id of each
 */
public record Prototypes(float[] images, int[] labels) {}
