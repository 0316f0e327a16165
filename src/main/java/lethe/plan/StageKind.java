package lethe.plan;

import java.util.Locale;

/** The kinds of stages a cell is made of, in the order a cell passes them. */
public enum StageKind {
  SPLIT(1, false, false),
  ORIGINAL(1, true, false),
  FEATURES(1, true, true),
  CLUSTERS(1, false, true),
  PARTS(1, false, true),
  PROTOTYPES(1, true, true),
  UNLEARNED(1, true, true),
  LOGITS(1, true, false),
  SCORES(1, false, false),
  DISTANCES(1, false, false);

  private final String id = name().toLowerCase(Locale.ROOT);
  private final int version;
  private final boolean engine;
  private final boolean timed;

  StageKind(int version, boolean engine, boolean timed) {
    this.version = version;
    this.engine = engine;
    this.timed = timed;
  }

  /** The name in keys, files and logs. */
  public String id() {
    return id;
  }

  /** Raised when a change of the stage's code changes what it leaves; part of its key. */
  public int version() {
    return version;
  }

  /** Whether the stage needs the lease; the others run on the CPU pool. */
  public boolean engine() {
    return engine;
  }

  /** Whether its seconds stand in a table, so that nothing may run beside it on a CPU engine. */
  public boolean timed() {
    return timed;
  }
}
