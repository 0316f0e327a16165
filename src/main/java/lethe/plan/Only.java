package lethe.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A part of a grid: the cells whose axes have the values asked for, such as {@code
 * method=cf,seed=2}. Conditions are joined by commas; all must hold.
 */
public final class Only {
  private static final Map<String, Function<Cell, String>> AXES =
      new TreeMap<>(
          Map.of(
              "dataset", c -> c.dataset().id(),
              "network", c -> c.network().id(),
              "scenario", c -> c.scenario().id(),
              "round", c -> String.valueOf(c.round() + 1),
              "method", Cell::method,
              "recipe", c -> c.recipe().id(),
              "condenser", c -> c.condenser().map(Spec::id).orElse(""),
              "seed", c -> String.valueOf(c.seed())));

  private final Map<String, String> wanted;

  private Only(Map<String, String> wanted) {
    this.wanted = wanted;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException for a word that is no condition, with the nearest axis there
   *     is
   */
  public static Only of(String expression) {
    Map<String, String> wanted = new TreeMap<>();
    for (String condition : expression.split(",", -1)) {
      String[] sides = condition.strip().split("=", 2);
      if (sides.length < 2 || sides[1].isBlank()) {
        throw new IllegalArgumentException(
            "--only takes axis=value, joined by commas, not \"%s\".".formatted(condition.strip()));
      }
      String axis = sides[0].strip();
      if (!AXES.containsKey(axis)) {
        throw new IllegalArgumentException(
            "--only knows no axis \"%s\"; the nearest is %s."
                .formatted(axis, Nearest.of(axis, List.copyOf(AXES.keySet()))));
      }
      wanted.put(axis, sides[1].strip());
    }
    return new Only(wanted);
  }

  /**
   * The plan of the cells that are asked for, and what they need.
   *
   * @throws IllegalArgumentException where there is none, with the values the axes have
   */
  public Plan of(Plan plan) {
    List<Cell> cells = plan.cells().stream().filter(this::holds).toList();
    if (cells.isEmpty()) {
      List<String> legal = new ArrayList<>();
      wanted.forEach(
          (axis, value) ->
              legal.add(
                  axis
                      + " is one of "
                      + plan.cells().stream()
                          .map(axisOf(axis))
                          .filter(v -> !v.isEmpty())
                          .distinct()
                          .collect(Collectors.joining(", "))));
      throw new IllegalArgumentException(
          "No cell has %s; %s.".formatted(this, String.join("; ", legal)));
    }
    return plan.only(cells);
  }

  private boolean holds(Cell cell) {
    return wanted.entrySet().stream()
        .allMatch(w -> axisOf(w.getKey()).apply(cell).equals(w.getValue()));
  }

  private static Function<Cell, String> axisOf(String axis) {
    Function<Cell, String> of = AXES.get(axis);
    if (of == null) {
      throw new IllegalStateException("No axis " + axis);
    }
    return of;
  }

  /** The expression that asks for the cells of a subject. */
  public static String of(Subject subject) {
    List<String> conditions = new ArrayList<>(List.of("dataset=" + subject.dataset().id()));
    subject.network().ifPresent(n -> conditions.add("network=" + n.id()));
    subject.scenario().ifPresent(s -> conditions.add("scenario=" + s.id()));
    subject.recipe().ifPresent(r -> conditions.add("recipe=" + r.id()));
    subject.condenser().ifPresent(c -> conditions.add("condenser=" + c.id()));
    subject.method().ifPresent(m -> conditions.add("method=" + m));
    conditions.add("seed=" + subject.seed());
    return String.join(",", conditions);
  }

  @Override
  public String toString() {
    return wanted.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(","));
  }
}
