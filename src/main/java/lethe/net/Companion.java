package lethe.net;

/**
 * Images that come along with each step of a {@link Pass}: a fresh sample a step, without
 * replacement inside it.
 */
public sealed interface Companion {
  Role role();

  /** Its images' numbers in the {@link ImageTable}. */
  int[] pool();

  /** How many for each image of the leading role, as far as the pool reaches. */
  int times();

  /** Any of the pool. */
  record Sampled(Role role, int[] pool, int times) implements Companion {}

  /** Only of the classes present in this step's images of {@code like}, a companion before it. */
  record ClassMatched(Role role, int[] pool, int times, Role like) implements Companion {}
}
