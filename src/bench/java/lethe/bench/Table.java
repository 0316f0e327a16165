package lethe.bench;

import java.util.List;

/** The figures as people read them. */
record Table(Machine machine, List<Result> results) {
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %d cores, %s, %s\n\n"
            .formatted(machine.processor(), machine.cores(), machine.system(), machine.java()));
    text.append("| benchmark | figure | median | least | most | unit | goal | others |\n");
    text.append("|---|---|--:|--:|--:|---|---|--:|\n");
    for (Result result : results) {
      String name = result.name();
      result
          .fault()
          .ifPresent(why -> text.append("| %s | %s | | | | | | |\n".formatted(name, why)));
      String others = result.others().map(o -> Math.round(o) + " %").orElse("");
      for (Series series : result.series()) {
        text.append(row(name, series, others));
      }
    }
    text.append("\nothers: what other processes took of the processors meanwhile.\n");
    return text.toString();
  }

  private static String row(String benchmark, Series series, String others) {
    double median = series.median();
    String goal =
        series.goal().map(g -> g.text() + (g.met(median) ? "" : ": **missed**")).orElse("");
    return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            benchmark,
            series.name(),
            Series.text(median),
            Series.text(series.least()),
            Series.text(series.most()),
            series.unit(),
            goal,
            others);
  }
}
