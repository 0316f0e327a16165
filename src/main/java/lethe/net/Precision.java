package lethe.net;

import java.util.Arrays;
import lethe.plan.Knob;
import lethe.plan.Settings;

/** What the layers of a network compute in. Weights, optimisers and losses stay in float32. */
public enum Precision {
  /** IEEE float32. */
  FP32("fp32"),
  /** bfloat16: float32 with 8 bits of mantissa instead of 24. */
  BF16("bf16");

  private static final String NAME = "precision";

  /** The setting of a network or a condenser. */
  public static final Knob KNOB =
      Knob.choice(NAME, Arrays.stream(values()).map(p -> p.id).toList()).unsaidAt(FP32.id);

  private final String id;

  Precision(String id) {
    this.id = id;
  }

  /** The one called {@code id}. */
  public static Precision of(String id) {
    return Arrays.stream(values()).filter(p -> p.id.equals(id)).findFirst().orElseThrow();
  }

  /** What {@code settings} say; float32 where they say nothing. */
  static Precision of(Settings settings) {
    return settings.has(NAME) ? of(settings.text(NAME)) : FP32;
  }

  /** {@code network} with its layers in this precision. */
  public Network of(Network network) {
    return switch (this) {
      case FP32 -> network;
      case BF16 -> new Bf16Network(network);
    };
  }
}
