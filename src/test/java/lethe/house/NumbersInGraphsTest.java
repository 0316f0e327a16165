package lethe.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Formulas that are differentiated multiply by numbers through {@code kernel.tensor.Scaled}. */
class NumbersInGraphsTest {
  @Test
  void no_formula_hands_a_bare_number_to_an_operation_whose_gradient_needs_it() {
    noClasses()
        .should()
        .callMethod(NDArray.class, "mul", Number.class)
        .orShould()
        .callMethod(NDArray.class, "div", Number.class)
        .orShould()
        .callMethod(NDArray.class, "pow", Number.class)
        .orShould()
        .callMethod(NDArray.class, "maximum", Number.class)
        .orShould()
        .callMethod(NDArray.class, "minimum", Number.class)
        .because("the binding frees the number before the backward pass reads it")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("lethe.kernel.tensor", "lethe.unlearn", "lethe.net"));
  }
}
