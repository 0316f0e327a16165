package lethe.plan;

import java.util.Arrays;
import java.util.Optional;

/** What a method trains on in place of the retain set. */
public enum RetainRecipe {
  /** The retain set as it is. */
  WHOLE("whole"),
  /** The residual set and one prototype for each free cluster. */
  REDUCED("reduced");

  private final String id;

  RetainRecipe(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The recipe called {@code id}. */
  public static Optional<RetainRecipe> of(String id) {
    return Arrays.stream(values()).filter(r -> r.id.equals(id)).findFirst();
  }

  /** Whether a prototype stands in for some of the images. */
  public boolean condenses() {
    return this == REDUCED;
  }
}
