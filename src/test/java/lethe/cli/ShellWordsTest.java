package lethe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void plain_words_stay_and_others_are_quoted() {
    assertEquals(
        "./lethe run experiments/x.conf train.epochs=3 'seeds=[1, 2]' 'it'\\''s' ''",
        ShellWords.line(
            List.of(
                "./lethe",
                "run",
                "experiments/x.conf",
                "train.epochs=3",
                "seeds=[1, 2]",
                "it's",
                "")));
  }
}
