package fonio.transport;

import java.util.ArrayDeque;

/** What a ring is to its users: a queue of at most so many bytes, without concurrency. */
public class BoundedBytes {
  private final ArrayDeque<Byte> bytes = new ArrayDeque<>();
  private byte next;

  /** Offers a byte that counts up; returns how many fitted. */
  public int write() {
    if (bytes.size() == RingLinearizabilityTest.CAPACITY) {
      return 0;
    }
    bytes.add(next++);
    return 1;
  }

  /** Takes a byte; -1 when there is none. */
  public int read() {
    return bytes.isEmpty() ? -1 : bytes.remove();
  }
}
