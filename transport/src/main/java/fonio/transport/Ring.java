package fonio.transport;

import fonio.wire.ByteQueue;
import fonio.wire.MalformedFrameException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A bounded queue of bytes in shared memory, with one producer and one consumer.
 *
 * <p>The layout is that of {@code docs/protocol.md} section 1.1: a page of control words, then the
 * data. An instance serves one of the two sides, and one thread of it at a time.
 */
final class Ring {
  /*
   * Concurrency. Each word has one writer, but for the two sleeping flags: who is about to sleep
   * stores 1, either side stores 0.
   *
   *   word             | producer                      | consumer
   *   tail             | release store after the copy  | acquire load before the copy
   *   head             | acquire load before the copy  | release store after the copy
   *   consumerSleeps   | after a full fence: 1 -> 0    | 1 before, 0 after it sleeps
   *   producerSleeps   | 1 before, 0 after it sleeps   | after a full fence: 1 -> 0
   *
   * No wake-up is lost: the producer stores the tail, fences and loads the flag; the consumer stores
   * the flag, fences and loads the tail. One of the two loads sees the other's store.
   *
   * Invariants: 0 <= tail - head <= capacity, both only grow. A peer may break them, as the memory
   * is its own too; every copy is therefore bounded by this side's numbers, and a broken word ends
   * the link.
   */
  static final int CONTROL_BYTES = 4096;

  private static final long TAIL = 0;
  private static final long HEAD = 64;
  private static final long CONSUMER_SLEEPS = 128;
  private static final long PRODUCER_SLEEPS = 192;

  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment control;
  private final MemorySegment data;
  private final int capacity;

  /** This side's own counter: the tail of a producer, the head of a consumer. */
  private long mine;

  /** Producer: the head when it was last looked at; at first the one that leaves no room. */
  private long seen;

  /** Makes one side of the ring that lies in a control page and the data behind it. */
  Ring(MemorySegment whole, boolean producer) {
    control = whole.asSlice(0, CONTROL_BYTES);
    data = whole.asSlice(CONTROL_BYTES);
    capacity = (int) data.byteSize();
    mine = (long) WORD.getAcquire(control, producer ? TAIL : HEAD);
    seen = mine - capacity;
  }

  /** The data bytes that fit. */
  int capacity() {
    return capacity;
  }

  /** Producer: moves what fits from the queue's head. */
  int write(ByteQueue from, int most) {
    int wanted = Math.min(from.size(), most);
    if (capacity - (mine - seen) < wanted) {
      seen = head();
    }
    int count = (int) Math.min(wanted, capacity - (mine - seen));
    if (count > 0) {
      int at = (int) mine & (capacity - 1);
      int first = Math.min(count, capacity - at);
      byte[] bytes = from.array();
      MemorySegment.copy(bytes, from.head(), data, ValueLayout.JAVA_BYTE, at, first);
      MemorySegment.copy(bytes, from.head() + first, data, ValueLayout.JAVA_BYTE, 0, count - first);
      mine += count;
      WORD.setRelease(control, TAIL, mine);
      from.consumed(count);
    }
    return count;
  }

  /** Consumer: moves what is there to the queue's tail. */
  int read(ByteQueue into, int most) {
    int count = (int) Math.min(tail() - mine, most);
    if (count > 0) {
      int to = into.reserve(count);
      int at = (int) mine & (capacity - 1);
      int first = Math.min(count, capacity - at);
      byte[] bytes = into.array();
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, at, bytes, to, first);
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, bytes, to + first, count - first);
      into.produced(count);
      mine += count;
      WORD.setRelease(control, HEAD, mine);
    }
    return count;
  }

  /** Consumer: whether there is something to read, be it a broken word. */
  boolean hasInput() {
    return (long) WORD.getAcquire(control, TAIL) != mine;
  }

  /** Producer: whether there is room for a byte, or a broken word. */
  boolean hasRoom() {
    return (long) WORD.getAcquire(control, HEAD) != mine - capacity;
  }

  /** Producer, after a write: whether the consumer wants a doorbell for it. */
  boolean takeConsumerSleeps() {
    return take(CONSUMER_SLEEPS);
  }

  /** Consumer, after a read: whether the producer wants a doorbell for it. */
  boolean takeProducerSleeps() {
    return take(PRODUCER_SLEEPS);
  }

  /** Consumer: says whether it wants a doorbell. */
  void consumerSleeps(boolean sleeps) {
    WORD.setOpaque(control, CONSUMER_SLEEPS, sleeps ? 1L : 0L);
  }

  /** Producer: says whether it wants a doorbell. */
  void producerSleeps(boolean sleeps) {
    WORD.setOpaque(control, PRODUCER_SLEEPS, sleeps ? 1L : 0L);
  }

  private boolean take(long flag) {
    VarHandle.fullFence();
    if ((long) WORD.getOpaque(control, flag) == 0) {
      return false;
    }
    WORD.setOpaque(control, flag, 0L);
    return true;
  }

  private long tail() {
    long tail = (long) WORD.getAcquire(control, TAIL);
    if (tail - mine < 0 || tail - mine > capacity) {
      throw broken("tail", tail);
    }
    return tail;
  }

  private long head() {
    long head = (long) WORD.getAcquire(control, HEAD);
    if (mine - head < 0 || mine - head > capacity) {
      throw broken("head", head);
    }
    return head;
  }

  private MalformedFrameException broken(String word, long value) {
    return new MalformedFrameException(
        0,
        0,
        "the ring's %s is %d, this side is at %d and the capacity is %d"
            .formatted(word, value, mine, capacity));
  }
}
