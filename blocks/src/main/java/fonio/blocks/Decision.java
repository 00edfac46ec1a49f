package fonio.blocks;

import java.util.List;

/** What a strategy wants done. */
public sealed interface Decision {
  /** All is as it should be. */
  Decision NOTHING = new Nothing();

  /** All is as it should be. */
  record Nothing() implements Decision {}

  /** So many blocks more. */
  record ScaleOut(int blocks) implements Decision {}

  /** These blocks are to go. */
  record Drain(List<String> blocks) implements Decision {
    public Drain {
      blocks = List.copyOf(blocks);
    }
  }

  /** More blocks, or nothing when there are none to add. */
  static Decision out(int blocks) {
    return blocks > 0 ? new ScaleOut(blocks) : NOTHING;
  }

  /** Fewer blocks, or nothing when there are none to name. */
  static Decision in(List<String> blocks) {
    return blocks.isEmpty() ? NOTHING : new Drain(blocks);
  }
}
