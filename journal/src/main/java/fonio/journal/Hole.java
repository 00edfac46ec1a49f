package fonio.journal;

import java.nio.ByteBuffer;

/** A run of zero bytes where a disk has not written what was given to it before a power loss. */
final class Hole {
  /** What a disk writes as a whole. */
  static final int SECTOR_BYTES = 512;

  private Hole() {}

  /** Whether so many zero bytes stand side by side among these. */
  static boolean isIn(ByteBuffer bytes, int from, int count, int atLeast) {
    int zeros = 0;
    for (int i = from; i < from + count; i++) {
      zeros = bytes.get(i) == 0 ? zeros + 1 : 0;
      if (zeros == atLeast) {
        return true;
      }
    }
    return false;
  }
}
