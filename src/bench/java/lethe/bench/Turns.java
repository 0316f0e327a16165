package lethe.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.net.Signals;
import lethe.plan.Plan;
import lethe.plan.Stage;
import lethe.plan.StageKey;
import lethe.plan.StageKind;

/** A workshop that measures how long the device is idle between two engine stages. */
final class Turns extends IdleWorkshop {
  private final List<Long> times = Collections.synchronizedList(new ArrayList<>());

  /** Some stages of {@code plan} as engine stages without inputs. */
  static Plan plan(Plan plan, int stages) {
    Map<StageKey, Stage> some = new LinkedHashMap<>();
    plan.stages().values().stream()
        .limit(stages)
        .forEach(
            stage ->
                some.put(
                    stage.key(),
                    new Stage(
                        StageKind.LOGITS,
                        stage.subject(),
                        stage.settings(),
                        new TreeMap<>(),
                        stage.ingredients(),
                        stage.key())));
    return new Plan(List.of(), some, Map.of(), Map.of());
  }

  @Override
  public Done perform(StageKey key, Signals signals) {
    times.add(System.nanoTime());
    Done done = super.perform(key, signals);
    times.add(System.nanoTime());
    return done;
  }

  /** The median time between the end of a stage and the begin of the next, in microseconds. */
  double microseconds() {
    List<Double> gaps = new ArrayList<>();
    for (int i = 1; i + 1 < times.size(); i += 2) {
      gaps.add((times.get(i + 1) - times.get(i)) / 1e3);
    }
    Collections.sort(gaps);
    return gaps.get(gaps.size() / 2);
  }
}
