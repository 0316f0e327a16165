package lethe.net;

import java.util.List;
import java.util.Set;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Spec;

/** The networks a grid may name. */
public final class Networks {
  private static final Card CONVNET =
      new Card(
          "convnet",
          "ConvNet",
          "network.convnet",
          1,
          List.of(Knob.integer("width", 1, 1024), Knob.integer("depth", 1, 4)),
          Set.of());
  private static final Card RESNET_18 =
      new Card("resnet-18", "ResNet-18", "network.resnet-18", 1, List.of(), Set.of());

  private static final Card RESNET_50 =
      new Card("resnet-50", "ResNet-50", "network.resnet-50", 1, List.of(), Set.of());

  public static final List<Card> CARDS = List.of(CONVNET, RESNET_18, RESNET_50);

  private Networks() {}

  /**
   * The network {@code spec} names, with {@code classes} outputs.
   *
   * @throws IllegalArgumentException for a name not in {@link #CARDS}
   */
  public static Network of(Spec spec, int classes) {
    return switch (spec.id()) {
      case "convnet" ->
          new ConvNet(spec.settings().integer("width"), spec.settings().integer("depth"), classes);
      case "resnet-18" -> ResNet.eighteen(classes);
      case "resnet-50" -> ResNet.fifty(classes);
      default ->
          throw new IllegalArgumentException(
              "No network \"" + spec.id() + "\"; there are convnet, resnet-18 and resnet-50.");
    };
  }
}
