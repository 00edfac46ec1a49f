package fonio.bench;

import java.util.Locale;

/** The shape of a task graph: which tasks of the row before a task reads. */
enum Pattern {
  TRIVIAL,
  NO_COMM,
  STENCIL_1D,
  STENCIL_1D_PERIODIC,
  DOM,
  TREE,
  FFT,
  ALL_TO_ALL,
  NEAREST,
  SPREAD,
  RANDOM_NEAREST;

  /** The name on the command line and in logs. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the sets of dependencies take turns over a number of rows. */
  boolean hasPeriod() {
    return this == SPREAD || this == RANDOM_NEAREST;
  }

  /** The pattern with this name. */
  static Pattern of(String word) {
    for (Pattern pattern : values()) {
      if (pattern.word().equals(word)) {
        return pattern;
      }
    }
    throw new IllegalArgumentException(
        "no dependence type \""
            + word
            + "\"; there are e.g. trivial, no_comm, stencil_1d, nearest, fft, spread");
  }
}
