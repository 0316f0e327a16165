package lethe.net;

import java.util.List;
import java.util.Set;
import lethe.plan.Card;
import lethe.plan.Knob;
import lethe.plan.Spec;

/** The networks a grid may name. */
public final class Networks {
  private static final List<Knob> CONVNET_KNOBS =
      List.of(Knob.integer("width", 1, 1024), Knob.integer("depth", 1, 4), Precision.KNOB);
  private static final List<Knob> RESNET_KNOBS = List.of(Precision.KNOB);

  public static final List<Card> CARDS =
      List.of(
          card("convnet", "ConvNet", CONVNET_KNOBS),
          card("resnet-18", "ResNet-18", RESNET_KNOBS),
          card("resnet-50", "ResNet-50", RESNET_KNOBS),
          card("convnet-bn", "ConvNet, batch norm", CONVNET_KNOBS),
          card("resnet-18-bn", "ResNet-18, batch norm", RESNET_KNOBS),
          card("resnet-50-bn", "ResNet-50, batch norm", RESNET_KNOBS));

  private Networks() {}

  private static Card card(String id, String title, List<Knob> knobs) {
    return new Card(id, title, "network." + id, 1, knobs, Set.of());
  }

  /**
   * The network {@code spec} names, with {@code classes} outputs.
   *
   * @throws IllegalArgumentException for a name not in {@link #CARDS}
   */
  public static Network of(Spec spec, int classes) {
    return Precision.of(spec.settings()).of(inFloat32(spec, classes));
  }

  private static Network inFloat32(Spec spec, int classes) {
    return switch (spec.id()) {
      case "convnet" -> convNet(Norm.INSTANCE, spec, classes);
      case "resnet-18" -> ResNet.eighteen(Norm.INSTANCE, classes);
      case "resnet-50" -> ResNet.fifty(Norm.INSTANCE, classes);
      case "convnet-bn" -> convNet(Norm.BATCH, spec, classes);
      case "resnet-18-bn" -> ResNet.eighteen(Norm.BATCH, classes);
      case "resnet-50-bn" -> ResNet.fifty(Norm.BATCH, classes);
      default ->
          throw new IllegalArgumentException(
              "No network \"%s\"; there are %s."
                  .formatted(spec.id(), String.join(", ", CARDS.stream().map(Card::id).toList())));
    };
  }

  private static Network convNet(Norm norm, Spec spec, int classes) {
    return new ConvNet(
        norm, spec.settings().integer("width"), spec.settings().integer("depth"), classes);
  }
}
