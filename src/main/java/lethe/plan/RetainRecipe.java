package lethe.plan;

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

  /** Whether a prototype stands in for some of the images. */
  public boolean condenses() {
    return this == REDUCED;
  }
}
