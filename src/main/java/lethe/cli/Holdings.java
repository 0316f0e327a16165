package lethe.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.DataException;
import lethe.data.source.DataSource;
import lethe.data.source.Download;
import lethe.data.source.Fetch;
import lethe.data.source.Sources;
import lethe.plan.Spec;

/**
 * The datasets of an experiment, each opened once, so that its bytes are hashed at most once a
 * start; the store remembers the digest for the next start.
 *
 * @param cache where digests are remembered
 */
record Holdings(SortedMap<String, DataSource> sources, Path cache) {
  /** In place of the digest of data that are not there. */
  static final String ABSENT = "absent";

  Holdings {
    sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
  }

  static Holdings of(Experiment experiment) {
    TreeMap<String, DataSource> sources = new TreeMap<>();
    for (Spec dataset : experiment.grid().datasets()) {
      sources.put(dataset.id(), Sources.open(dataset, experiment.machine().dataDir()));
    }
    return new Holdings(sources, experiment.machine().storeDir());
  }

  /** Brings what is missing from its home, where it has one. */
  void complete(Fetch fetch) throws IOException {
    for (DataSource source : sources.values()) {
      for (Download file : source.missing()) {
        fetch.get(file);
      }
    }
  }

  DataSource source(Spec dataset) {
    DataSource source = sources.get(dataset.id());
    if (source == null) {
      throw new IllegalArgumentException(
          "No dataset " + dataset.id() + " among " + sources.keySet());
    }
    return source;
  }

  /** The digest of every dataset, by id. */
  SortedMap<String, String> digests() throws IOException {
    TreeMap<String, String> digests = new TreeMap<>();
    for (DataSource source : sources.values()) {
      digests.put(source.id(), digest(source));
    }
    return digests;
  }

  /**
   * The same before the data are there: a plan can be looked at then; its keys are not those of a
   * run.
   */
  SortedMap<String, String> digestsOrAbsent() throws IOException {
    TreeMap<String, String> digests = new TreeMap<>();
    for (DataSource source : sources.values()) {
      try {
        digests.put(source.id(), digest(source));
      } catch (DataException e) {
        digests.put(source.id(), ABSENT);
      }
    }
    return digests;
  }

  /**
   * A sentence for each dataset whose files are not those a run found when it planned with {@code
   * planned}, as far as the store remembers; nothing is hashed for it.
   */
  List<String> changed(SortedMap<String, String> planned) throws IOException {
    List<String> sentences = new ArrayList<>();
    for (DataSource source : sources.values()) {
      String digest = planned.getOrDefault(source.id(), ABSENT);
      if (!digest.equals(ABSENT) && source.differs(cache, digest)) {
        sentences.add(
            "The files of %s have changed since a run last looked at them: what is called finished is of the images of then, and the next run looks again."
                .formatted(source.id()));
      }
    }
    return sentences;
  }

  /** What is wrong with datasets that are there, by id. */
  SortedMap<String, String> damage() throws IOException {
    TreeMap<String, String> sentences = new TreeMap<>();
    for (DataSource source : sources.values()) {
      if (source.missing().isEmpty()) {
        try {
          digest(source);
        } catch (DataException e) {
          sentences.put(source.id(), String.valueOf(e.getMessage()));
        }
      }
    }
    return sentences;
  }

  /** Looking writes nothing where no run has been: only a store that is there remembers. */
  private String digest(DataSource source) throws IOException {
    return Files.isDirectory(cache) ? source.digest(cache) : source.digest();
  }
}
