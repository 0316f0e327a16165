package lethe.kernel.array;

/** k-means in its two parts. It lives in this room, for they show themselves to nobody else. */
public final class LloydTurns {
  private final KMeans kMeans;
  private final Products products;

  /** With {@code clusters} clusters and the grid's usual limits: 100 passes, a shift of 1e-4. */
  public LloydTurns(int clusters, Products products) {
    this.kMeans = new KMeans(clusters, 100, 1e-4);
    this.products = products;
  }

  /** Which points k-means++ starts from. [clusters] */
  public int[] centres(float[] features, int width, long seed) {
    Points points = Points.of(features, width);
    try (Nearest nearest = new Nearest(points, products)) {
      return KMeans.Seeding.choose(points, nearest, kMeans.clusters(), new Draws(seed));
    }
  }

  /** Lloyd's loop from there. */
  public KMeans.Result run(float[] features, int width, int[] centres) {
    return kMeans.runFrom(Points.of(features, width), centres, new Draws(1), products);
  }
}
