package lethe.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import lethe.data.DataException;

/** Looks at every byte of one dataset at most once, and not at all where a folder remembers it. */
final class ScanOnce {
  /** What reads files. */
  interface Reading<T> {
    T read() throws IOException;
  }

  private final String dataset;
  private final Reading<String> stamp;
  private final Reading<Scan> scan;
  private Optional<Scan> seen = Optional.empty();

  /**
   * @param dataset its id
   * @param stamp what a change of content changes, see {@link ScanCache#stampOf}
   * @param scan the look itself
   */
  ScanOnce(String dataset, Reading<String> stamp, Reading<Scan> scan) {
    this.dataset = dataset;
    this.stamp = stamp;
    this.scan = scan;
  }

  synchronized Scan get() throws IOException {
    if (seen.isEmpty()) {
      seen = Optional.of(scan.read());
    }
    return seen.get();
  }

  /** See {@link DataSource#differs}. */
  boolean differs(Path cacheFolder, String digest) throws IOException {
    ScanCache cache = cache(cacheFolder);
    try {
      return cache.isSound()
          && !cache.find(stamp.read()).map(Scan::digest).equals(Optional.of(digest));
    } catch (DataException e) {
      return false; // the files are not there
    }
  }

  private ScanCache cache(Path folder) {
    return new ScanCache(folder.resolve(dataset + ".digest.json"));
  }

  /** See {@link DataSource#digest(Path)}. */
  synchronized Scan get(Path cacheFolder) throws IOException {
    ScanCache cache = cache(cacheFolder);
    String now = stamp.read();
    if (seen.isEmpty()) {
      seen = cache.find(now);
    }
    if (seen.isEmpty()) {
      cache.remember(now, get());
    }
    return get();
  }
}
