package fonio.transport;

import fonio.wire.ByteQueue;

/**
 * A stream of bytes whose every byte can be foretold, so that none can be lost, doubled or moved.
 */
final class Pattern {
  private long written;
  private long read;

  private static byte at(long position) {
    return (byte) (position * 31 + (position >> 8) * 7 + (position >> 16));
  }

  void write(ByteQueue to, int count) {
    int at = to.reserve(count);
    for (int i = 0; i < count; i++) {
      to.array()[at + i] = at(written++);
    }
    to.produced(count);
  }

  /** Takes everything that the queue has. */
  void check(ByteQueue from) {
    int count = from.size();
    for (int i = 0; i < count; i++) {
      byte found = from.array()[from.head() + i];
      if (found != at(read)) {
        throw new AssertionError("byte " + read + " is " + found + " instead of " + at(read));
      }
      read++;
    }
    from.consumed(count);
  }

  long written() {
    return written;
  }

  long read() {
    return read;
  }
}
