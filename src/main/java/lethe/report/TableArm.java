package lethe.report;

import java.util.Comparator;
import java.util.Optional;
import lethe.plan.Cell;
import lethe.plan.RetainRecipe;
import lethe.plan.Spec;

/**
 * One way to put something in the place of the retain set, as tables tell them apart.
 *
 * @param condenser who made the prototypes, where there are any
 * @param imagesPerClass clusters per class, where there are any
 */
record TableArm(RetainRecipe recipe, Optional<Spec> condenser, Optional<Integer> imagesPerClass) {
  static final Comparator<TableArm> ORDER =
      Comparator.comparing(TableArm::recipe)
          .thenComparingInt(arm -> arm.imagesPerClass().orElse(0))
          .thenComparing(arm -> arm.condenser().map(CellColumns::titled).orElse(""));

  static final TableArm WHOLE =
      new TableArm(RetainRecipe.WHOLE, Optional.empty(), Optional.empty());

  static TableArm of(Cell cell) {
    return new TableArm(cell.recipe(), cell.condenser(), cell.imagesPerClass());
  }

  boolean holds(Cell cell) {
    return of(cell).equals(this);
  }

  /** {@code reduced}, or {@code reduced, blend, 40 a class} where that tells it apart. */
  String title(boolean whole) {
    if (!whole || imagesPerClass.isEmpty()) {
      return recipe.id();
    }
    String by = condenser.map(c -> ", " + CellColumns.titled(c)).orElse("");
    return recipe.id() + by + ", " + imagesPerClass.get() + " a class";
  }
}
