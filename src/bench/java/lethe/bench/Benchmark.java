package lethe.bench;

import java.nio.file.Path;

/** Something that is measured: one class, and one line in {@link Catalogue}. */
public interface Benchmark {
  /** What the command line calls it. */
  String name();

  /** What it does, in one sentence. */
  String about();

  /** How often it is done, and in how much memory. */
  default Effort effort() {
    return Effort.USUAL;
  }

  /**
   * Does it once, and says what came out.
   *
   * @param folder empty, on the disk of the checkout, and gone afterwards
   * @throws SkippedException where it cannot be done here; the message says why
   * @throws Exception where it breaks
   */
  void run(Path folder, Figures figures) throws Exception;
}
