package lethe.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a method trains on in place of the retain set. Images of the retain set are free where their
 * cluster has no forgotten image, residual where it has one.
 */
public enum RetainRecipe {
  /** The retain set as it is. */
  WHOLE("whole"),
  /** The free images alone. */
  FREE("free"),
  /** The residual images alone. */
  RESIDUAL("residual"),
  /** The retain set, clustered again and condensed. */
  CONDENSED_WHOLE("condensed-whole", WHOLE),
  /** The free images, clustered again and condensed. */
  CONDENSED_FREE("condensed-free", FREE),
  /** The residual images, clustered again and condensed. */
  CONDENSED_RESIDUAL("condensed-residual", RESIDUAL),
  /** The residual images and one prototype for each free cluster. */
  REDUCED("reduced");

  private final String id;
  private final Optional<RetainRecipe> again;

  RetainRecipe(String id) {
    this.id = id;
    this.again = Optional.empty();
  }

  RetainRecipe(String id, RetainRecipe again) {
    this.id = id;
    this.again = Optional.of(again);
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
    return this == REDUCED || again.isPresent();
  }

  /** The recipe whose images are clustered again before they are condensed. */
  public Optional<RetainRecipe> clusteredAgain() {
    return again;
  }

  /** Whether it takes free and residual images for different ones. */
  public boolean parts() {
    return this != WHOLE && this != CONDENSED_WHOLE;
  }

  /** Whether it takes images of one part only. */
  public boolean isOnePart() {
    return parts() && this != REDUCED;
  }

  /** Whether its images are clustered, so that the number of clusters matters. */
  public boolean clusters() {
    return this != WHOLE;
  }

  /** Whether it takes residual images alone: none are there when whole classes are forgotten. */
  public boolean isResidual() {
    return this == RESIDUAL || this == CONDENSED_RESIDUAL;
  }
}
