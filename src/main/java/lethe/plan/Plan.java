package lethe.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a grid comes to: its cells, and the stages that make them, each once. The order of the axes
 * changes only the order of the work.
 */
public final class Plan {
  private final List<Cell> cells;
  private final Map<StageKey, Stage> stages;
  private final Map<Cell, StageKey> scores;
  private final Map<Cell, StageKey> distances;

  /**
   * A plan of its parts.
   *
   * @param cells the rows of the tables
   * @param stages by key; inputs stand before their users
   * @param scores the scores stage of each cell
   * @param distances the distances stage of each cell that is compared with a reference
   */
  public Plan(
      List<Cell> cells,
      Map<StageKey, Stage> stages,
      Map<Cell, StageKey> scores,
      Map<Cell, StageKey> distances) {
    this.cells = List.copyOf(cells);
    this.stages = Collections.unmodifiableMap(inOrder(stages));
    this.scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    this.distances = Collections.unmodifiableMap(new LinkedHashMap<>(distances));
  }

  /**
   * Plans a grid: a pure function.
   *
   * @throws IllegalArgumentException if {@code environment} lacks the digest of a dataset
   */
  public static Plan of(Grid grid, Environment environment, Repertoire repertoire) {
    return new Planner(grid, environment, repertoire).plan();
  }

  /** The rows of the tables, the first seed's first. */
  public List<Cell> cells() {
    return cells;
  }

  /** Every stage, in an order that can be run: inputs before users, the first seed's first. */
  public Map<StageKey, Stage> stages() {
    return stages;
  }

  /** One stage. */
  public Stage stage(StageKey key) {
    Stage stage = stages.get(key);
    if (stage == null) {
      throw new IllegalArgumentException("This plan has no stage " + key);
    }
    return stage;
  }

  /** The stage that leaves the scores of {@code cell}. */
  public StageKey scoresOf(Cell cell) {
    StageKey key = scores.get(cell);
    if (key == null) {
      throw new IllegalArgumentException("This plan has no cell " + cell.label());
    }
    return key;
  }

  /** The stage that leaves its distances to the reference; empty where the grid has none. */
  public Optional<StageKey> distancesOf(Cell cell) {
    return Optional.ofNullable(distances.get(cell));
  }

  /**
   * The scores stage of {@code cell} and everything it needs, inputs before users, then its
   * distances. What the reference's outputs took is the reference's own.
   */
  public List<StageKey> stagesOf(Cell cell) {
    Set<StageKey> ordered = new LinkedHashSet<>();
    collect(scoresOf(cell), ordered);
    distancesOf(cell).ifPresent(ordered::add);
    return List.copyOf(ordered);
  }

  /** The plan of some of its cells: they and the stages they need. */
  public Plan only(List<Cell> some) {
    Set<StageKey> needed = new LinkedHashSet<>();
    Map<Cell, StageKey> ownScores = new LinkedHashMap<>();
    Map<Cell, StageKey> ownDistances = new LinkedHashMap<>();
    for (Cell cell : some) {
      ownScores.put(cell, scoresOf(cell));
      collect(scoresOf(cell), needed);
      distancesOf(cell)
          .ifPresent(
              key -> {
                ownDistances.put(cell, key);
                collect(key, needed);
              });
    }
    Map<StageKey, Stage> own = new LinkedHashMap<>(stages);
    own.keySet().retainAll(needed);
    return new Plan(some, own, ownScores, ownDistances);
  }

  private void collect(StageKey key, Set<StageKey> ordered) {
    if (!ordered.contains(key)) {
      stage(key).inputs().values().forEach(input -> collect(input, ordered));
      ordered.add(key);
    }
  }

  /** The stages that read what {@code key} leaves, in the order of the plan. */
  public Set<StageKey> usersOf(StageKey key) {
    StageKey known = stage(key).key();
    Set<StageKey> users = new LinkedHashSet<>();
    for (Stage stage : stages.values()) {
      if (stage.inputs().containsValue(known)) {
        users.add(stage.key());
      }
    }
    return Collections.unmodifiableSet(users);
  }

  /** SHA-256 over the sorted keys: equal for equal work, whatever its order. */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      StageKey[] sorted = stages.keySet().toArray(StageKey[]::new);
      Arrays.sort(sorted);
      for (StageKey key : sorted) {
        digest.update((key.hex() + '\n').getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static Map<StageKey, Stage> inOrder(Map<StageKey, Stage> stages) {
    Map<StageKey, Stage> own = new LinkedHashMap<>();
    stages.forEach(
        (key, stage) -> {
          if (!own.keySet().containsAll(stage.inputs().values())) {
            throw new IllegalArgumentException(
                "Stage " + stage.kind().id() + " " + key.brief() + " stands before an input");
          }
          own.put(key, stage);
        });
    return own;
  }
}
