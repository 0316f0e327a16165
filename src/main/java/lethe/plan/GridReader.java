package lethe.plan;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads an experiment: its file over {@code reference.conf}, the command line over both. */
public final class GridReader {
  private static final String FOLDER = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
  private static final Set<String> TAKEN = Set.of("store"); // the artifacts' folder
  private static final Knob ROUNDS = Knob.integer("rounds", 1, 100);

  private final Repertoire repertoire;
  private final Reference reference;
  private final Problems problems;
  private final Schema schema;
  private final Schema.Written file;
  private final Schema.Written words;
  private final Map<String, ConfigValue> top;

  private GridReader(Path experiment, List<String> words, Repertoire repertoire) {
    this.repertoire = repertoire;
    this.reference = Reference.load();
    this.problems = new Problems();
    this.schema = new Schema(repertoire);
    List<Sheet.Word> own =
        Sheet.words(words, problems).stream()
            .filter(word -> !MachineReader.PATHS.contains(word.path()))
            .toList();
    this.words = schema.sort(Sheet.tree(own), problems);
    Optional<ConfigObject> tree = Sheet.ofFile(experiment, reference.config(), problems);
    if (tree.isEmpty()) {
      problems.throwIfAny(); // the rest would only say that everything is missing
    }
    this.file = schema.sort(tree.orElseGet(() -> ConfigFactory.empty().root()), problems);
    this.top = over(file.top());
    top.putAll(this.words.top());
  }

  /**
   * Reads a grid.
   *
   * @param experiment the experiment's file
   * @param words the command line's {@code key=value} words; those of the machine are left to
   *     {@link MachineReader}
   * @param repertoire the names and settings there are
   * @throws GridException with every problem found
   */
  public static Grid read(Path experiment, List<String> words, Repertoire repertoire) {
    GridReader reader = new GridReader(experiment, words, repertoire);
    Grid grid = reader.grid(experiment);
    reader.problems.throwIfAny();
    return grid;
  }

  private Map<String, ConfigValue> over(Map<String, ConfigValue> written) {
    Map<String, ConfigValue> all = new TreeMap<>();
    for (String name : Schema.TOP) {
      Optional.ofNullable(reference.root().get(name)).ifPresent(v -> all.put(name, v));
    }
    all.putAll(written);
    return all;
  }

  private Grid grid(Path experiment) {
    Axes axes = new Axes(top, folder(experiment), problems);
    Use inForce = new Use(repertoire, List.of(top));
    Use everywhere = new Use(repertoire, List.of(top, over(file.top())));
    unread(file, everywhere);
    unread(words, inForce);
    Blocks blocks = new Blocks(repertoire, reference, schema, file, words, problems);
    SortedMap<String, Settings> base = blocks.base();
    List<Spec> datasets = blocks.entries(axes, Axis.DATASET, repertoire.datasets(), base);
    List<Spec> networks = blocks.entries(axes, Axis.NETWORK, repertoire.networks(), base);
    datasetsOnce(datasets);
    String name = name(experiment);
    List<Scenario> scenarios = axes.scenarios();
    int rounds = rounds();
    List<String> methods = axes.methods(repertoire.methods().keySet());
    List<RetainRecipe> recipes = axes.recipesListed();
    List<Spec> condensers = blocks.condensers(axes, base);
    List<Long> seeds = axes.seeds();
    Use judge = words.top().containsKey("overrides") ? inForce : everywhere;
    List<KnobTable.Rule> rules =
        new Overrides(schema, repertoire, judge, axes, problems).read(value("overrides"));
    base.keySet().removeIf(block -> isUnused(schema.card(block), inForce));
    KnobTable knobs = new KnobTable(protocol(), base, inForce(rules, inForce));
    Grid grid =
        new Grid(
            name,
            datasets,
            networks,
            scenarios,
            rounds,
            methods,
            recipes,
            condensers,
            seeds,
            weightDigests(knobs, seeds, blocks),
            knobs);
    if (problems.none()) {
      KnobLimits.check(
          grid, repertoire.methods(), repertoire.train(), blocks, value("overrides"), problems);
      new AxesFit(grid, repertoire, top, problems).check();
    }
    if (problems.none() && grid.clusters()) {
      ClustersFit.check(
          grid, repertoire.condensers(), blocks, value(Axis.CONDENSER.list()), problems);
    }
    return grid;
  }

  private static Path folder(Path experiment) {
    Path folder = experiment.toAbsolutePath().getParent();
    return folder == null ? experiment.toAbsolutePath() : folder;
  }

  private ConfigValue value(String name) {
    return Optional.ofNullable(top.get(name))
        .orElseThrow(() -> new IllegalStateException("reference.conf has no line lethe." + name));
  }

  private String name(Path experiment) {
    ConfigValue value = top.get("name");
    if (value == null) {
      problems.add(
          experiment + ": name is missing; it names the experiment and its folder of results.");
      return "";
    }
    String name = KnobText.word(value).orElse("");
    if (!name.matches(FOLDER) || TAKEN.contains(name)) {
      problems.illegal(
          "name",
          value,
          "a folder's name of at most 100 letters, digits, dots, dashes and underscores, beginning"
              + " with a letter or digit, and not \"store\"");
    }
    return name;
  }

  private int rounds() {
    return KnobText.read(ROUNDS, ROUNDS.name(), value(ROUNDS.name()), problems)
        .map(Integer::valueOf)
        .orElse(1);
  }

  private SortedMap<String, String> weightDigests(
      KnobTable knobs, List<Long> seeds, Blocks blocks) {
    Card train = repertoire.train();
    SortedMap<String, String> digests = new TreeMap<>();
    Optional.ofNullable(knobs.base().get(train.block()))
        .ifPresent(
            settings -> {
              ConfigValue at = blocks.written(train, StartWeights.NAME).orElse(value("overrides"));
              StartWeights.read(settings, seeds, at, digests, problems);
            });
    String path = train.block() + "." + StartWeights.NAME;
    for (KnobTable.Rule rule : knobs.rules()) {
      Optional.ofNullable(rule.set().get(path))
          .map(text -> Settings.of(Map.of(StartWeights.NAME, text)))
          .ifPresent(set -> StartWeights.read(set, seeds, value("overrides"), digests, problems));
    }
    return digests;
  }

  private Protocol protocol() {
    return KnobText.read(Protocol.KNOB, Protocol.NAME, value(Protocol.NAME), problems)
        .map(Protocol::of)
        .orElse(Protocol.CORRECTED);
  }

  private void unread(Schema.Written written, Use use) {
    written
        .settings()
        .forEach(
            (block, values) ->
                use.unread(schema.card(block))
                    .ifPresent(
                        reason ->
                            problems.add(
                                values.values().iterator().next(),
                                "Nobody reads "
                                    + String.join(", ", written.paths(block))
                                    + ": "
                                    + reason
                                    + ".")));
  }

  /** The digest of a dataset's images, and overrides, go by its id alone. */
  private void datasetsOnce(List<Spec> datasets) {
    Set<String> ids = new HashSet<>();
    for (Spec dataset : new HashSet<>(datasets)) {
      if (!ids.add(dataset.id())) {
        problems.add(
            value("datasets"),
            "datasets lists "
                + dataset.id()
                + " with different settings; an experiment takes each dataset once.");
      }
    }
  }

  private boolean isUnused(Card card, Use use) {
    return use.isAxis(card) || use.unread(card).isPresent();
  }

  /** Rules that reach a cell in force, without what the command line sets for all cells. */
  private List<KnobTable.Rule> inForce(List<KnobTable.Rule> rules, Use use) {
    List<KnobTable.Rule> kept = new ArrayList<>();
    for (KnobTable.Rule rule : rules) {
      SortedMap<String, String> set = new TreeMap<>(rule.set());
      words.settings().keySet().forEach(block -> set.keySet().removeAll(words.paths(block)));
      set.keySet()
          .removeIf(path -> isUnused(schema.card(path.substring(0, path.lastIndexOf('.'))), use));
      boolean reaches =
          rule.when().entrySet().stream().allMatch(e -> use.of(e.getKey()).contains(e.getValue()));
      if (reaches && !set.isEmpty()) {
        kept.add(new KnobTable.Rule(rule.when(), set));
      }
    }
    return kept;
  }
}
