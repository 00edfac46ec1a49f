package fonio.interchange;

import org.jspecify.annotations.Nullable;

/** How many tasks some managers have together, counted along so that nobody must add them up. */
final class Tally {
  private final @Nullable Tally whole;
  private int tasks;

  /** How many managers it is of. */
  int managers;

  /** Counts what no other counts. */
  Tally() {
    this(null);
  }

  private Tally(@Nullable Tally whole) {
    this.whole = whole;
  }

  /** A tally of a part, which counts here too. */
  Tally part() {
    return new Tally(this);
  }

  int tasks() {
    return tasks;
  }

  void add(int more) {
    tasks += more;
    if (whole != null) {
      whole.add(more);
    }
  }
}
