package fonio.blocks;

import java.util.ArrayDeque;
import java.util.List;

/** What became of the blocks so far; those that were let go on purpose are not in it. */
final class BlockHistory {
  private static final int REMEMBERED = 16;

  private final ArrayDeque<EndedBlock> stillborn = new ArrayDeque<>();
  private int stillbornBlocks;
  private int inARow;
  private boolean anyConnected;

  /** A manager of some block connected. */
  void connected() {
    anyConnected = true;
    inARow = 0;
  }

  /** A block ended and no manager of it had ever connected. */
  void stillborn(EndedBlock block) {
    stillbornBlocks++;
    inARow++;
    if (stillborn.size() == REMEMBERED) {
      stillborn.remove();
    }
    stillborn.add(block);
  }

  /** Whether a manager of any block ever connected. */
  boolean anyConnected() {
    return anyConnected;
  }

  /** Blocks that ended before a manager connected. */
  int stillbornBlocks() {
    return stillbornBlocks;
  }

  /** Those of them since a manager connected the last time. */
  int inARow() {
    return inARow;
  }

  /** The last of them, oldest first. */
  List<EndedBlock> last(int count) {
    return stillborn.stream().skip(Math.max(0, stillborn.size() - count)).toList();
  }
}
