package lethe.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import lethe.data.Dataset;
import lethe.plan.Card;

/**
 * A dataset of files that are looked at once.
 *
 * @param scan the look, which gives the digest
 * @param counting how many images there are, from the same look or a cheaper one
 * @param loading every image
 * @param fetchable see {@link DataSource#missing()}
 */
record ScannedSource(
    Card card,
    ScanOnce scan,
    ScanOnce.Reading<Counts> counting,
    ScanOnce.Reading<Dataset> loading,
    Supplier<List<Download>> fetchable,
    boolean takesAtMost)
    implements DataSource {
  @Override
  public String id() {
    return card.id();
  }

  @Override
  public String digest() throws IOException {
    return scan.get().digest();
  }

  @Override
  public String digest(Path cacheFolder) throws IOException {
    return scan.get(cacheFolder).digest();
  }

  @Override
  public boolean differs(Path cacheFolder, String digest) throws IOException {
    return missing().isEmpty() && scan.differs(cacheFolder, digest);
  }

  @Override
  public List<Download> missing() {
    return fetchable.get();
  }

  @Override
  public Counts counts() throws IOException {
    return counting.read();
  }

  @Override
  public Dataset load() throws IOException {
    return loading.read();
  }
}
