package lethe.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lethe.plan.GridException;

/** The experiments of a plan, looked at together: every problem of every file in one message. */
final class Prospects {
  private final Request request;
  private final PrintWriter err;
  private final List<Overview> overviews = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Prospects(Request request, PrintWriter err) {
    this.request = request;
    this.err = err;
  }

  /**
   * @param err takes what a user should know besides
   * @throws Refusal with what a run of any of them would refuse
   */
  static List<Overview> of(Request request, PrintWriter err) throws IOException {
    List<Path> files = request.files().isEmpty() ? List.of(request.file()) : request.files();
    Prospects prospects = new Prospects(request, err);
    for (Path file : files) {
      for (String problem : prospects.read(file)) {
        boolean isPlaced = files.size() == 1 || problem.contains(file.toString());
        prospects.problems.add(isPlaced ? problem : file + ": " + problem);
      }
    }
    if (!prospects.problems.isEmpty()) {
      throw new Refusal(Exit.USAGE, prospects.problems);
    }
    prospects.oneNameTwice();
    return prospects.overviews;
  }

  private List<String> read(Path file) throws IOException {
    try {
      Experiment experiment = Experiment.read(file, request.settings(), request.results());
      Holdings holdings = Holdings.of(experiment);
      Overview overview = Overview.of(experiment, holdings);
      overviews.add(overview);
      overview.damage().ifPresent(this::say);
      overview.changed().forEach(this::say);
      holdings.damage().values().forEach(this::say);
      List<String> foreseen = Suitability.foreseen(experiment, holdings);
      if (foreseen.isEmpty()) {
        GivenWeights.shared(experiment).forEach(this::say);
      }
      return foreseen;
    } catch (GridException e) {
      return e.problems();
    } catch (Refusal e) {
      if (e.exit() != Exit.USAGE) {
        throw e;
      }
      return e.sentences();
    }
  }

  /** Their folder is one, so each would replace the tables of the other. */
  private void oneNameTwice() {
    for (int i = 0; i < overviews.size(); i++) {
      for (int j = i + 1; j < overviews.size(); j++) {
        Experiment one = overviews.get(i).experiment();
        Experiment other = overviews.get(j).experiment();
        if (one.grid().name().equals(other.grid().name()) && !one.grid().equals(other.grid())) {
          say(
              "%s and %s have one name, %s, and different grids: the tables of the one that runs last replace those of the other."
                  .formatted(one.file(), other.file(), one.grid().name()));
        }
      }
    }
  }

  private void say(String sentence) {
    err.println("lethe: " + sentence);
  }
}
