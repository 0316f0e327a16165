package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import lethe.net.Inference;
import lethe.net.Role;
import lethe.net.StepView;
import lethe.net.Weights;

/**
 * A teacher's answers on the host. Images are never changed on their way and in inference no
 * network looks at a batch as a whole, so the answers are constants: there before the first step,
 * where the authors ask again at every step.
 */
final class TeacherLogits implements Teacher {
  private static final int UNASKED = -1;

  private final int classes;
  private final int[] rowOf; // by image number
  private final float[] rows; // [asked, classes]

  private TeacherLogits(int classes, int[] rowOf, float[] rows) {
    this.classes = classes;
    this.rowOf = rowOf;
    this.rows = rows;
  }

  /** What the original weights say of {@code images}. */
  static TeacherLogits ofStart(Task task, int[] images) {
    return of(task, task.answers(), images);
  }

  /** What {@code teacher} says of {@code images}: asked now. */
  static TeacherLogits of(Task task, Weights teacher, int[] images) {
    return of(task, asked -> task.inference().logits(teacher, asked), images);
  }

  private static TeacherLogits of(Task task, Answers answers, int[] images) {
    Inference inference = task.inference();
    int[] rowOf = new int[inference.table().size()];
    Arrays.fill(rowOf, UNASKED);
    for (int row = 0; row < images.length; row++) {
      rowOf[images[row]] = row;
    }
    return new TeacherLogits(inference.network().classes(), rowOf, answers.of(images));
  }

  /** These answers and, about the images {@code other} was asked, those of {@code other}. */
  TeacherLogits and(TeacherLogits other) {
    int[] both = rowOf.clone();
    int first = rows.length / classes;
    for (int image = 0; image < both.length; image++) {
      if (other.rowOf[image] != UNASKED) {
        both[image] = first + other.rowOf[image];
      }
    }
    float[] all = Arrays.copyOf(rows, rows.length + other.rows.length);
    System.arraycopy(other.rows, 0, all, rows.length, other.rows.length);
    return new TeacherLogits(classes, both, all);
  }

  /** What it says of the images numbered {@code images}: [images, classes] row by row. */
  float[] of(int[] images) {
    float[] answers = new float[images.length * classes];
    for (int i = 0; i < images.length; i++) {
      int row = rowOf[images[i]];
      if (row == UNASKED) {
        throw new IllegalArgumentException("No teacher was asked about image " + images[i]);
      }
      System.arraycopy(rows, row * classes, answers, i * classes, classes);
    }
    return answers;
  }

  @Override
  public NDArray logits(StepView step, Role role) {
    int[] images = step.indices(role);
    return step.kernels()
        .scope()
        .create(of(images), new Shape(images.length, classes))
        .toType(step.logits(role).getDataType(), false); // [b, classes]
  }
}
