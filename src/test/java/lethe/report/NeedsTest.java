package lethe.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class NeedsTest {
  @Test
  void claims_about_the_same_results_share_a_line_in_the_words_of_a_grid() {
    assertEquals(
        """
        - dm, gm: any dataset, none; methods = [retraining]; recipes = [reduced]; condensers = [blend, dm, gm]; clusters-per-class = [10]
        - late: svhn, uniform-10; methods = [cf]; recipes = [whole, reduced]; rounds = 3
        """,
        Needs.text(
            ClaimBook.read(
                ConfigFactory.parseString(
                    """
                    claims = [
                      { id = dm, source = S, text = T, scenario = none, from = 0, formula =
                        "test-accuracy(retraining, reduced, blend, ipc-10) - test-accuracy(retraining, reduced, dm, ipc-10)" }
                      { id = late, source = S, text = T, scenario = uniform, dataset = svhn, from = 0, formula =
                        "time(cf) - time(cf, reduced, round-2)" }
                      { id = gm, source = S, text = T, scenario = none, from = 0, formula =
                        "test-accuracy(retraining, reduced, blend, ipc-10) - test-accuracy(retraining, reduced, gm, ipc-10)" }
                    ]
                    """),
                AuthorsSettings.load())));
  }
}
