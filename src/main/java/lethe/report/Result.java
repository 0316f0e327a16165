package lethe.report;

import lethe.data.Scores;
import lethe.plan.Cell;

/** A finished cell and what it scored. */
public record Result(Cell cell, Scores scores) {}
