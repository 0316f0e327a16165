package lethe.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeMap;

/**
 * Who is who in one scenario. Positions count from 0 inside the sub-sampled training set and the
 * sub-sampled test set.
 *
 * @param forget F: training positions to forget, ascending
 * @param retain R: the other training positions, ascending
 * @param unseen T: test positions inside the loss, ascending; disjoint from E
 * @param evaluation E: test positions that are reported on and never in a loss, ascending
 */
public record ForgetSplit(int[] forget, int[] retain, int[] unseen, int[] evaluation) {
  public void write(Path file) throws IOException {
    TreeMap<String, HostTensor> tensors = new TreeMap<>();
    tensors.put("forget", HostTensor.of(forget, forget.length));
    tensors.put("retain", HostTensor.of(retain, retain.length));
    tensors.put("unseen", HostTensor.of(unseen, unseen.length));
    tensors.put("evaluation", HostTensor.of(evaluation, evaluation.length));
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
        carried.ints("evaluation"));
  }
}
