package lethe.plan;

import java.util.Map;
import java.util.SortedMap;

/**
 * One piece of work with one artifact.
 *
 * @param kind what is done
 * @param subject whom it is done for: the axes that matter to it
 * @param settings the settings its code reads
 * @param inputs the stages whose artifacts it reads, by role: the input's kind as {@link
 *     StageKind#id()}, except that {@code logits} calls its weights {@code weights}, a method of a
 *     later round calls the weights it starts from {@code original} too, {@link #FIRST_PARTS} and
 *     {@link #REFERENCE}
 * @param ingredients everything that went into the key, for {@code lethe plan --explain}
 * @param key the content key: a function of the ingredients, kept because it is asked for often
 */
public record Stage(
    StageKind kind,
    Subject subject,
    Settings settings,
    SortedMap<String, StageKey> inputs,
    SortedMap<String, String> ingredients,
    StageKey key) {
  /** The role of the parts that prototypes were made of, where those of the round are others. */
  public static final String FIRST_PARTS = "first-parts";

  /** The ingredient of engine stages that says how many images a pass takes at most; 0: all. */
  static final String MICRO_BATCH = "micro-batch";

  /** The ingredient of stages whose passes are smaller because their family ran out of memory. */
  static final String SMALLER_PASSES = "smaller-passes";

  /** The role of the logits that others are compared with. */
  public static final String REFERENCE = "reference";

  public Stage {
    inputs = FlatSortedMap.copyOf(inputs);
    ingredients = FlatSortedMap.copyOf(ingredients);
  }

  /** A stage and the key of its ingredients. */
  public Stage(
      StageKind kind,
      Subject subject,
      Settings settings,
      SortedMap<String, StageKey> inputs,
      SortedMap<String, String> ingredients) {
    this(kind, subject, settings, inputs, ingredients, StageKey.of(ingredients));
  }

  /** Most images in one pass of a training step; 0 for no limit. */
  public int microBatch() {
    return Integer.parseInt(ingredients.getOrDefault(MICRO_BATCH, "0"));
  }

  /** Whether its passes are smaller than planned, because its family ran out of memory. */
  public boolean hasSmallerPasses() {
    return ingredients.containsKey(SMALLER_PASSES);
  }

  /** The key of one input. */
  public StageKey input(String role) {
    StageKey key = inputs.get(role);
    if (key == null) {
      throw new IllegalArgumentException(
          "Stage " + kind.id() + " has no input " + role + " among " + Map.copyOf(inputs));
    }
    return key;
  }
}
