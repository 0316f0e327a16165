package lethe.unlearn;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import lethe.kernel.array.Draws;
import lethe.kernel.array.FisherNoise;
import lethe.kernel.tensor.CrossEntropy;
import lethe.net.Moments;
import lethe.net.Objective;
import lethe.net.ParameterSpec;
import lethe.net.Role;
import lethe.net.Signals;
import lethe.net.TrainLoop;
import lethe.net.Weights;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.StageKind;

/**
 * Fisher forgetting: noise where the retained images do not feel it.
 *
 * <p><b>Idea.</b> What the loss of the retained images does not depend on may be drowned in noise;
 * the forget set is never looked at.
 *
 * <p><b>Source.</b> Golatkar, Achille and Soatto (2020), "Eternal sunshine of the spotless net";
 * {@code fisher_forget.py} of the authors' code, where it is switched off.
 *
 * <p><b>Equation.</b> {@link FisherNoise} with h = mean over R of Σ_y p_y (∂ log p_y / ∂θ)², p the
 * softmax of the original weights. Where a class is forgotten whole, its row of the last layer is
 * drawn around 0 with variance 10⁻⁴, as in the code.
 *
 * <p><b>Departures.</b> The mean may be over a share of R, drawn from the seed: the code goes over
 * all of R image by image, which takes hours at the paper's size; {@code images = 0} does so too.
 *
 * <p><b>Cost.</b> A forward and a backward pass of one image for each class and image.
 */
final class Fisher implements Method {
  private static final double VARIANCE_OF_FORGOTTEN = 1e-4;
  private static final Card CARD =
      new Card(
          "fisher",
          "Fisher",
          "unlearn.fisher",
          1,
          List.of(
              Knob.number("alpha", Double.MIN_VALUE, 1), Knob.integer("images", 0, 1_000_000_000)),
          Set.of(StageKind.ORIGINAL));

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Weights unlearn(Task task, TrainLoop loop, Signals signals) {
    FisherNoise noise = new FisherNoise(task.settings().number("alpha"));
    List<float[]> curvature =
        Moments.of("curvature", loop, task.start(), terms(task), Moments.Form.SQUARE, signals);
    Draws draws = new Draws(task.seeds().of("noise", 0, 0));
    int[] gone = forgottenClasses(task, loop.network().classes());
    List<float[]> noisy = new ArrayList<>();
    for (int i = 0; i < curvature.size(); i++) {
      boolean last = i >= curvature.size() - 2; // weight and bias of the linear layer
      float[] weights = task.start().values(i);
      double[] variances = variances(noise, task.start().specs().get(i), curvature.get(i), last);
      if (last) {
        int row = weights.length / loop.network().classes();
        for (int c : gone) {
          Arrays.fill(weights, c * row, (c + 1) * row, 0);
          Arrays.fill(variances, c * row, (c + 1) * row, VARIANCE_OF_FORGOTTEN);
        }
      }
      noisy.add(FisherNoise.added(weights, variances, draws));
    }
    return task.start().withFirst(noisy);
  }

  private static double[] variances(
      FisherNoise noise, ParameterSpec spec, float[] curvature, boolean last) {
    List<Integer> shape = spec.shape();
    boolean vector = shape.size() == 1;
    return noise.variances(curvature, shape.get(0), vector ? 1 : shape.get(1), last, vector);
  }

  /** One for each image and class, weighted by what the original weights think of the class. */
  static List<Moments.Term> terms(Task task) {
    int wanted = task.settings().integer("images");
    int[] images =
        new Draws(task.seeds().of("images", 0, 0))
            .sample(task.retain(), wanted == 0 ? task.retain().length : wanted);
    float[] logits = task.inference().logits(task.start(), images);
    int classes = task.inference().network().classes();
    List<Moments.Term> terms = new ArrayList<>();
    for (int n = 0; n < images.length; n++) {
      double[] shares = softmax(logits, n * classes, classes);
      for (int y = 0; y < classes; y++) {
        terms.add(new Moments.Term(new int[] {images[n]}, entropyOf(y), shares[y] / images.length));
      }
    }
    return terms;
  }

  private static double[] softmax(float[] logits, int from, int classes) {
    double largest =
        IntStream.range(0, classes).mapToDouble(c -> logits[from + c]).max().orElseThrow();
    double[] shares =
        IntStream.range(0, classes)
            .mapToDouble(c -> Math.exp(logits[from + c] - largest))
            .toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** -log p_y, whatever the image's own label. */
  private static Objective entropyOf(int label) {
    return step -> {
      NDArray labels = step.kernels().scope().create(new long[] {label}); // [1]
      return CrossEntropy.perImage(step.logits(Role.MIXED), labels).mean();
    };
  }

  /** Classes that occur in F and no longer in R. */
  private static int[] forgottenClasses(Task task, int classes) {
    boolean[] kept = new boolean[classes];
    IntStream.of(task.retain()).forEach(i -> kept[task.inference().table().label(i)] = true);
    return IntStream.of(task.forget())
        .map(i -> task.inference().table().label(i))
        .distinct()
        .sorted()
        .filter(c -> !kept[c])
        .toArray();
  }
}
