package lethe.plan;

import java.util.Arrays;
import java.util.List;

/** Whether what is wrong or uneven in the authors' code is mended or kept, for a whole grid. */
public enum Protocol {
  /** Mended: as the paper says, the same for every arm. */
  CORRECTED("corrected"),
  /** Kept, to see how far it explains the published numbers. */
  AS_PUBLISHED("as-published");

  /** Its name in an experiment, and in the settings of stages that depend on it. */
  static final String NAME = "protocol";

  static final Knob KNOB = Knob.choice(NAME, Arrays.stream(values()).map(Protocol::id).toList());

  private final String id;

  Protocol(String id) {
    this.id = id;
  }

  public String id() {
    return id;
  }

  /** The protocol called {@code id}. */
  static Protocol of(String id) {
    return List.of(values()).stream().filter(p -> p.id.equals(id)).findFirst().orElseThrow();
  }
}
