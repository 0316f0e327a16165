package lethe.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import lethe.data.ForgetSplit;
import lethe.data.RetainParts;
import lethe.net.Networks;
import lethe.plan.Card;
import lethe.plan.Cell;
import lethe.plan.Plan;
import lethe.plan.Reference;
import lethe.plan.RetainRecipe;
import lethe.plan.Settings;
import lethe.plan.Spec;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;
import lethe.report.Footing;
import lethe.report.Groundwork;
import org.jspecify.annotations.Nullable;

/** Gathers what claims stand on besides scores and seconds. */
final class ClaimGround {
  private static final int CLASSES = 10; // of each of the paper's datasets

  private final Plan plan;
  private final Files file;

  /** Finds the file a stage's artifact is named after. */
  @FunctionalInterface
  interface Files {
    /** Empty where it does not stand, or where there is no such stage. */
    Optional<Path> of(@Nullable StageKey key);
  }

  ClaimGround(Plan plan, Files file) {
    this.plan = plan;
    this.file = file;
  }

  Groundwork gather() throws IOException {
    return new Groundwork(footings(), settings(), parameters());
  }

  /** Sizes and lengths of every method's training, where it has epochs and its inputs are there. */
  private Map<Cell, Footing> footings() throws IOException {
    Map<Cell, Footing> footings = new HashMap<>();
    for (Cell cell : plan.cells()) {
      Stage logits = plan.stage(plan.stage(plan.scoresOf(cell)).input(StageKind.LOGITS.id()));
      Stage unlearned = plan.stage(logits.input("weights"));
      Optional<Path> splitFile = file.of(unlearned.inputs().get(StageKind.SPLIT.id()));
      boolean inEpochs = unlearned.settings().has("epochs") && unlearned.settings().has("batch");
      if (unlearned.kind() == StageKind.UNLEARNED && inEpochs && splitFile.isPresent()) {
        footings.put(cell, footing(cell, unlearned, ForgetSplit.read(splitFile.get())));
      }
    }
    return footings;
  }

  private Footing footing(Cell cell, Stage unlearned, ForgetSplit split) throws IOException {
    Settings settings = unlearned.settings();
    Optional<Path> partsFile = file.of(unlearned.inputs().get(StageKind.PARTS.id()));
    OptionalInt instead = OptionalInt.empty();
    if (partsFile.isPresent()) {
      RetainParts parts = RetainParts.read(partsFile.get());
      instead = OptionalInt.of(size(cell.recipe(), parts, split));
    }
    return new Footing(
        split.forget().length,
        split.retain().length,
        split.unseen().length,
        instead,
        settings.integer("epochs"),
        settings.integer("batch"),
        settings.has("companions") ? settings.integer("companions") : 0,
        diet(cell.recipe(), settings));
  }

  /** Bad distillation shows F among a share of R; SCRUB passes over F first, up to epoch m. */
  static Footing.Diet diet(RetainRecipe recipe, Settings settings) {
    int first = settings.has("m-steps") ? settings.integer("m-steps") + 1 : 0;
    boolean mixes = settings.has("partial-retain-ratio");
    boolean all = settings.asPublished() && recipe.condenses();
    double share = mixes && !all ? settings.number("partial-retain-ratio") : 1;
    return new Footing.Diet(share, mixes, Math.min(first, settings.integer("epochs")));
  }

  /** How many images and prototypes a recipe puts in the place of R. */
  private static int size(RetainRecipe recipe, RetainParts parts, ForgetSplit split) {
    int residual = parts.residualSet().length;
    if (recipe.condenses()) {
      return parts.freeClusters().length + residual;
    }
    return recipe == RetainRecipe.FREE ? split.retain().length - residual : residual;
  }

  /** Read off the plan, whatever is finished. */
  private Map<Cell, Map<String, Settings>> settings() {
    Map<Cell, Map<String, Settings>> settings = new HashMap<>();
    for (Cell cell : plan.cells()) {
      Map<String, SortedMap<String, String>> own = new TreeMap<>();
      for (StageKey key : plan.stagesOf(cell)) {
        Stage stage = plan.stage(key);
        block(stage)
            .ifPresent(
                id ->
                    own.computeIfAbsent(id, b -> new TreeMap<>())
                        .putAll(stage.settings().entries()));
      }
      Map<String, Settings> blocks = new TreeMap<>();
      own.forEach((id, entries) -> blocks.put(id, new Settings(entries)));
      settings.put(cell, Map.copyOf(blocks));
    }
    return settings;
  }

  /** What a stage's settings are of. */
  private static Optional<String> block(Stage stage) {
    return switch (stage.kind()) {
      case SPLIT -> Optional.of(Groundwork.SPLIT);
      case FEATURES, CLUSTERS -> Optional.of(Groundwork.PARTITION);
      case ORIGINAL -> Optional.of(Cell.ORIGINAL);
      case PROTOTYPES -> stage.subject().condenser().map(Spec::id);
      case UNLEARNED -> stage.subject().method();
      case SCORES -> Optional.of(Groundwork.EVALUATE);
      default -> Optional.empty();
    };
  }

  private static Map<String, Integer> parameters() {
    Reference reference = Reference.load();
    Map<String, Integer> parameters = new HashMap<>();
    for (Card card : Networks.CARDS) {
      Spec whole = new Spec(card.id(), reference.defaults(card), new TreeMap<>());
      long count = Networks.of(whole, CLASSES).parameterCount();
      parameters.put(card.id(), Math.toIntExact(count));
    }
    return parameters;
  }
}
