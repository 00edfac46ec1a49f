package fonio.wire;

import java.util.BitSet;

/** What one peer was told of {@link Definitions}. */
public final class Known {
  final BitSet functions = new BitSet();
  final BitSet classes = new BitSet();

  /** Forgets all: another peer takes its place. */
  public void clear() {
    functions.clear();
    classes.clear();
  }
}
