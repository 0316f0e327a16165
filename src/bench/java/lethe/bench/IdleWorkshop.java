package lethe.bench;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.net.Signals;
import lethe.plan.StageKey;
import lethe.run.Workshop;

/** Does nothing, and says so as a real workshop would. */
class IdleWorkshop implements Workshop {
  /** The content digest of an artifact without a file. */
  static final String DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  static final SortedMap<String, Double> SECONDS =
      new TreeMap<>(Map.of("unlearnSeconds", 1.25, "overheadSeconds", 0.25, "checkpoint", 0.125));

  @Override
  public void openEngine() {}

  @Override
  public Done perform(StageKey key, Signals signals) {
    return new Done(DIGEST, SECONDS, List.of(), false);
  }

  @Override
  public void close() {}
}
