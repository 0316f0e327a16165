package lethe.cli;

import lethe.condense.Condensers;
import lethe.data.Splitter;
import lethe.data.source.Sources;
import lethe.evaluate.Scoring;
import lethe.net.Footprint;
import lethe.net.Networks;
import lethe.net.Training;
import lethe.partition.Partitioning;
import lethe.plan.Repertoire;
import lethe.unlearn.Methods;

/** Everything a grid may name. */
final class Catalogues {
  private Catalogues() {}

  static Repertoire repertoire() {
    return Repertoire.of(
            Sources.CARDS,
            Networks.CARDS,
            Condensers.CARDS,
            Methods.CARDS,
            Training.CARD,
            Partitioning.CARD,
            Splitter.CARD,
            Scoring.CARD)
        .with(new Footprint());
  }
}
