package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who is who in one round of one scenario. Positions count from 0 inside the sub-sampled training
 * set and the sub-sampled test set.
 *
 * @param forget F: training positions to forget, ascending
 * @param retain R: the other training positions, ascending
 * @param unseen T: test positions inside the loss, ascending; disjoint from E
 * @param evaluation E: test positions that are reported on and never in a loss, ascending
 * @param earlier training positions that earlier rounds have forgotten, ascending; neither in F nor
 *     in R
 */
public record ForgetSplit(
    int[] forget, int[] retain, int[] unseen, int[] evaluation, int[] earlier) {
  private static final String EARLIER = "earlier";

  /** The split of a first round. */
  public ForgetSplit(int[] forget, int[] retain, int[] unseen, int[] evaluation) {
    this(forget, retain, unseen, evaluation, new int[0]);
  }

  /** Everything forgotten so far, ascending. */
  public int[] allForgotten() {
    return IntStream.concat(Arrays.stream(earlier), Arrays.stream(forget)).sorted().toArray();
  }

  public void write(Path file) throws IOException {
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("forget", HostTensor.of(forget, forget.length));
    tensors.put("retain", HostTensor.of(retain, retain.length));
    tensors.put("unseen", HostTensor.of(unseen, unseen.length));
    tensors.put("evaluation", HostTensor.of(evaluation, evaluation.length));
    if (earlier.length > 0) { // a first round's file has the bytes it always had
      tensors.put(EARLIER, HostTensor.of(earlier, earlier.length));
    }
    SafeTensors.write(file, tensors);
  }

  /**
   * @throws DataException when the file is cut or is none of these
   */
  public static ForgetSplit read(Path file) throws IOException {
    Carried carried = Carried.read(file, "split");
    return new ForgetSplit(
        carried.ints("forget"),
        carried.ints("retain"),
        carried.ints("unseen"),
        carried.ints("evaluation"),
        carried.has(EARLIER) ? carried.ints(EARLIER) : new int[0]);
  }
}
