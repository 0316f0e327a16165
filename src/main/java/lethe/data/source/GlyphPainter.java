package lethe.data.source;

import lethe.data.ImageSet;
import lethe.kernel.array.Draws;
import lethe.plan.Seeds;

/**
 * Paints one image: a background with a slope and clouds, strokes that distract, the shape in a
 * random pose, more strokes over it, noise. The chance of every image is its own stream, so images
 * do not depend on how many are drawn.
 *
 * <p>Own arithmetic in doubles, with StrictMath for angles, gives the same bytes on every Java.
 */
final class GlyphPainter {
  private static final int SIDE = ImageSet.SIDE;
  private static final int PIXELS = SIDE * SIDE;
  private static final int CLOUD_CELLS = 4; // clouds change over a quarter of the image

  private final Draws draws;
  private final double[][] planes = new double[ImageSet.CHANNELS][PIXELS];

  private GlyphPainter(Draws draws) {
    this.draws = draws;
  }

  /** Writes image {@code index} of a class into {@code pixels} from {@code at} on. */
  static void paint(String part, int label, int index, byte[] pixels, int at) {
    long seed = Seeds.of("glyphs", 0, "glyph-" + part, label, index);
    GlyphPainter painter = new GlyphPainter(new Draws(seed));
    painter.paint(GlyphShape.values()[label]);
    painter.develop(pixels, at);
  }

  private void paint(GlyphShape shape) {
    double[] ground = ground();
    double[] ink = inkOn(ground);
    background(ground);
    strokes(2 + draws.nextInt(3), 0.7, 1.5);
    glyph(shape, ink);
    strokes(draws.nextInt(2), 0.5, 0.9);
  }

  private void background(double[] ground) {
    double[] slopeX = slope();
    double[] slopeY = slope();
    double strength = draws.uniform(0.05, 0.2);
    for (int c = 0; c < planes.length; c++) {
      double[] cloud = cloud();
      for (int i = 0; i < PIXELS; i++) {
        double u = (double) (i % SIDE) / SIDE - 0.5;
        double v = (double) (i / SIDE) / SIDE - 0.5;
        planes[c][i] = ground[c] + slopeX[c] * u + slopeY[c] * v + strength * cloud[i];
      }
    }
  }

  /** Smooth values in [-1, 1]: random ones on a coarse lattice, bilinear between. */
  private double[] cloud() {
    int nodes = CLOUD_CELLS + 1;
    double[] lattice = new double[nodes * nodes];
    for (int i = 0; i < lattice.length; i++) {
      lattice[i] = draws.uniform(-1, 1);
    }
    double[] cloud = new double[PIXELS];
    double cell = (double) SIDE / CLOUD_CELLS;
    for (int i = 0; i < PIXELS; i++) {
      double u = (i % SIDE) / cell;
      double v = (i / SIDE) / cell;
      int left = (int) u;
      int top = (int) v;
      int node = top * nodes + left;
      double upper = mix(lattice[node], lattice[node + 1], u - left);
      double lower = mix(lattice[node + nodes], lattice[node + nodes + 1], u - left);
      cloud[i] = mix(upper, lower, v - top);
    }
    return cloud;
  }

  private void glyph(GlyphShape shape, double[] ink) {
    double angle = draws.uniform(-Math.PI, Math.PI);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double halfSize = draws.uniform(8, 13); // pixels a unit of the shape's plane
    double aspect = draws.uniform(0.85, 1.2);
    double shear = draws.uniform(-0.2, 0.2);
    double centreX = SIDE / 2.0 + draws.uniform(-3.5, 3.5);
    double centreY = SIDE / 2.0 + draws.uniform(-3.5, 3.5);
    double stroke = draws.uniform(0.13, 0.23);
    double[] shade = slope();
    double opacity = draws.uniform(0.7, 1);
    for (int i = 0; i < PIXELS; i++) {
      double dx = (i % SIDE + 0.5 - centreX) / halfSize;
      double dy = (i / SIDE + 0.5 - centreY) / halfSize;
      double x = (cos * dx + sin * dy) * aspect;
      double y = (cos * dy - sin * dx) / aspect + shear * x;
      double coverage = opacity * coverage(shape.distance(x, y, stroke) * halfSize);
      if (coverage > 0) {
        for (int c = 0; c < planes.length; c++) {
          planes[c][i] = mix(planes[c][i], ink[c] + shade[c] * y, coverage);
        }
      }
    }
  }

  /** Straight strokes with round ends, anywhere. */
  private void strokes(int count, double thin, double thick) {
    for (int s = 0; s < count; s++) {
      double[] ink = colour();
      double fromX = draws.uniform(0, SIDE);
      double fromY = draws.uniform(0, SIDE);
      double alongX = draws.uniform(-14, 14);
      double alongY = draws.uniform(-14, 14);
      double radius = draws.uniform(thin, thick);
      double opacity = draws.uniform(0.5, 1);
      double lengthSquared = Math.max(1e-9, alongX * alongX + alongY * alongY);
      for (int i = 0; i < PIXELS; i++) {
        double x = i % SIDE + 0.5 - fromX;
        double y = i / SIDE + 0.5 - fromY;
        double t = Math.min(1, Math.max(0, (x * alongX + y * alongY) / lengthSquared));
        double distance = GlyphShape.length(x - t * alongX, y - t * alongY) - radius;
        double coverage = opacity * coverage(distance);
        for (int c = 0; c < planes.length && coverage > 0; c++) {
          planes[c][i] = mix(planes[c][i], ink[c], coverage);
        }
      }
    }
  }

  /** Adds noise and rounds to bytes. */
  private void develop(byte[] pixels, int at) {
    double noise = draws.uniform(0.01, 0.1);
    for (int c = 0; c < planes.length; c++) {
      for (int i = 0; i < PIXELS; i++) {
        double bell = draws.nextDouble() + draws.nextDouble() + draws.nextDouble() - 1.5;
        double value = 255 * (planes[c][i] + 2 * noise * bell); // three uniforms: std 0.5
        pixels[at + c * PIXELS + i] = (byte) (int) Math.min(255, Math.max(0, value + 0.5));
      }
    }
  }

  private double[] colour() {
    return new double[] {draws.nextDouble(), draws.nextDouble(), draws.nextDouble()};
  }

  private double[] slope() {
    return new double[] {
      draws.uniform(-0.3, 0.3), draws.uniform(-0.3, 0.3), draws.uniform(-0.3, 0.3)
    };
  }

  private double[] ground() {
    return new double[] {draws.uniform(0, 0.55), draws.uniform(0, 0.55), draws.uniform(0, 0.55)};
  }

  /** A colour clearly lighter than the ground. */
  private double[] inkOn(double[] ground) {
    double[] ink = colour();
    while (lightness(ink) - lightness(ground) < 0.2) {
      ink = colour();
    }
    return ink;
  }

  private static double lightness(double[] colour) {
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2];
  }

  /** Share of a pixel that lies inside an edge this many pixels away. */
  private static double coverage(double pixelsAway) {
    return Math.min(1, Math.max(0, 0.5 - pixelsAway));
  }

  private static double mix(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
