package lethe.data.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lethe.plan.Card;

/** A dataset of files that are looked at once: the look gives its digest and its counts. */
interface ScannedSource extends DataSource {
  Card card();

  /** Class names, by class id. */
  List<String> classes();

  ScanOnce scan();

  @Override
  default String id() {
    return card().id();
  }

  @Override
  default String digest() throws IOException {
    return scan().get().digest();
  }

  @Override
  default String digest(Path cacheFolder) throws IOException {
    return scan().get(cacheFolder).digest();
  }

  @Override
  default Counts counts() throws IOException {
    return new Counts(classes(), scan().get().train(), scan().get().test());
  }
}
