package lethe.data.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The ten shapes, each a signed distance in its own plane, where it fills about [-0.8, 0.8]²:
 * negative inside, positive outside. Only sums, products and square roots are used, which Java
 * defines to the bit.
 */
enum GlyphShape {
  CIRCLE {
    @Override
    double distance(double x, double y, double stroke) {
      return length(x, y) - 0.72;
    }
  },
  RING {
    @Override
    double distance(double x, double y, double stroke) {
      return Math.abs(length(x, y) - 0.66) - stroke;
    }
  },
  ARC {
    @Override
    double distance(double x, double y, double stroke) {
      double opening = 0.8 * x - 0.6 * Math.abs(y); // above 0 in a wedge of 106 degrees
      return Math.max(Math.abs(length(x, y) - 0.66) - stroke, opening);
    }
  },
  SQUARE {
    @Override
    double distance(double x, double y, double stroke) {
      return box(x, y, 0.64, 0.64);
    }
  },
  FRAME {
    @Override
    double distance(double x, double y, double stroke) {
      return Math.abs(box(x, y, 0.6, 0.6)) - stroke;
    }
  },
  TRIANGLE {
    @Override
    double distance(double x, double y, double stroke) {
      double slope = 0.5 * SQRT_3 * Math.abs(x) + 0.5 * y;
      return Math.max(slope, -y) - 0.42;
    }
  },
  STAR {
    @Override
    double distance(double x, double y, double stroke) {
      // Two mirrors through the centre fold the five arms onto the one that points to +y.
      double foldX = Math.abs(x);
      double first = 2 * Math.max(0, COS_36 * foldX - SIN_36 * y);
      double foldY = y + first * SIN_36;
      foldX -= first * COS_36;
      double second = 2 * Math.max(0, -COS_36 * foldX - SIN_36 * foldY);
      foldX = Math.abs(foldX + second * COS_36);
      foldY += second * SIN_36;
      return 0.87 * foldX + 0.49 * (foldY - 0.86); // an edge of the arm
    }
  },
  CROSS {
    @Override
    double distance(double x, double y, double stroke) {
      return Math.min(box(x, y, 0.76, stroke), box(x, y, stroke, 0.76));
    }
  },
  ELL {
    @Override
    double distance(double x, double y, double stroke) {
      double reach = 0.7 - stroke; // the outer edges stay where they are
      return Math.min(box(x + reach, y, stroke, 0.7), box(x, y + reach, 0.7, stroke));
    }
  },
  TEE {
    @Override
    double distance(double x, double y, double stroke) {
      return Math.min(box(x, y, stroke, 0.7), box(x, y + 0.7 - stroke, 0.7, stroke));
    }
  };

  /** Class names, by class id. */
  static final List<String> NAMES =
      Arrays.stream(values()).map(shape -> shape.name().toLowerCase(Locale.ROOT)).toList();

  private static final double SQRT_3 = 1.7320508075688772;
  private static final double COS_36 = 0.8090169943749475;
  private static final double SIN_36 = 0.5877852522924731;

  /**
   * Signed distance of (x, y) from the shape's edge; near the edge it is close to the Euclidean
   * one, which is all that smoothing needs.
   *
   * @param stroke half the width of lines, in shapes made of lines
   */
  abstract double distance(double x, double y, double stroke);

  static double length(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }

  private static double box(double x, double y, double halfWidth, double halfHeight) {
    double outsideX = Math.abs(x) - halfWidth;
    double outsideY = Math.abs(y) - halfHeight;
    double outside = length(Math.max(outsideX, 0), Math.max(outsideY, 0));
    return outside + Math.min(0, Math.max(outsideX, outsideY));
  }
}
