package lethe.condense;

import lethe.net.Embedder;

/** Untrained ConvNets of the embedder's shape, drawn anew. */
final class RandomNetworks {
  private RandomNetworks() {}

  /** The network number {@code number}, from 0. */
  static Embedder fresh(CondenseTask task, long number) {
    return Embedder.random(
        task.settings().integer("embedder-width"),
        task.settings().integer("embedder-depth"),
        task.seeds().of("network", number, 0));
  }
}
