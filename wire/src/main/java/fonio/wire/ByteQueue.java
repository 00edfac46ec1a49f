package fonio.wire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A growing queue of bytes in one array: written at its tail, read at its head.
 *
 * <p>Every link has one for what came in and one for what goes out. Positions of {@link #array()}
 * hold until the next {@link #reserve}; offsets from the head hold until the next {@link
 * #consumed}.
 */
public final class ByteQueue {
  private static final int SMALLEST = 4096;

  /** An emptied queue that is larger than this gives its array back. */
  private static final int KEPT_BYTES = 1 << 20;

  private byte[] bytes;
  private int head;
  private int tail;

  /** Makes a small empty queue. */
  public ByteQueue() {
    this(SMALLEST);
  }

  /** Makes an empty queue with room for so many bytes. */
  public ByteQueue(int capacity) {
    bytes = new byte[Math.max(capacity, 64)];
  }

  /** The array that holds the bytes, until the next {@link #reserve}. */
  public byte[] array() {
    return bytes;
  }

  /** Where the first byte is in {@link #array()}. */
  public int head() {
    return head;
  }

  /** Where the next byte goes in {@link #array()}. */
  public int tail() {
    return tail;
  }

  /** How many bytes wait. */
  public int size() {
    return tail - head;
  }

  /** Whether no byte waits. */
  public boolean isEmpty() {
    return tail == head;
  }

  /** Makes room for so many bytes behind the tail, and tells where the tail is now. */
  public int reserve(int more) {
    if (bytes.length - tail < more) {
      makeRoom(more);
    }
    return tail;
  }

  private void makeRoom(int more) {
    int size = tail - head;
    long needed = (long) size + more;
    if (needed > bytes.length - (bytes.length >> 2)) {
      long larger =
          Math.min(Math.max(2L * bytes.length, needed + needed / 2), Integer.MAX_VALUE - 8);
      if (larger < needed) {
        throw new OutOfMemoryError("a queue of " + needed + " bytes does not fit in an array");
      }
      byte[] grown = new byte[(int) larger];
      System.arraycopy(bytes, head, grown, 0, size);
      bytes = grown;
    } else {
      System.arraycopy(bytes, head, bytes, 0, size);
    }
    head = 0;
    tail = size;
  }

  /** Says that so many bytes were stored behind the tail, within what was reserved. */
  public void produced(int count) {
    tail += count;
  }

  /** Drops so many bytes at the head. */
  public void consumed(int count) {
    if (count < 0 || count > tail - head) {
      throw new IllegalArgumentException(
          "cannot drop " + count + " bytes of the " + (tail - head) + " that wait");
    }
    head += count;
    if (head == tail) {
      clear();
    }
  }

  /** Drops what waits, from an offset from the head on. */
  public void truncate(int size) {
    if (size < 0 || size > tail - head) {
      throw new IllegalArgumentException(
          "cannot keep " + size + " bytes of the " + (tail - head) + " that wait");
    }
    tail = head + size;
  }

  /** Drops everything. */
  public void clear() {
    head = 0;
    tail = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[SMALLEST];
    }
  }

  /** Appends one byte. */
  public void putByte(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
    tail = at + 1;
  }

  /** Appends the lower 16 bits of a number. */
  public void putShort(int value) {
    int at = reserve(2);
    LittleEndian.putShort(bytes, at, value);
    tail = at + 2;
  }

  /** Appends a 32-bit number. */
  public void putInt(int value) {
    int at = reserve(4);
    LittleEndian.putInt(bytes, at, value);
    tail = at + 4;
  }

  /** Appends a 64-bit number. */
  public void putLong(long value) {
    int at = reserve(8);
    LittleEndian.putLong(bytes, at, value);
    tail = at + 8;
  }

  /** Appends a part of an array. */
  public void put(byte[] source, int from, int count) {
    int at = reserve(count);
    System.arraycopy(source, from, bytes, at, count);
    tail = at + count;
  }

  /** Appends what remains in a buffer, whose position moves. */
  public void put(ByteBuffer source) {
    int count = source.remaining();
    int at = reserve(count);
    source.get(bytes, at, count);
    tail = at + count;
  }

  /** Appends a part of a memory segment. */
  public void put(MemorySegment source, long from, int count) {
    int at = reserve(count);
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, from, bytes, at, count);
    tail = at + count;
  }

  /** Appends zeros. */
  public void putZeros(int count) {
    int at = reserve(count);
    Arrays.fill(bytes, at, at + count, (byte) 0);
    tail = at + count;
  }

  /** Overwrites the 32-bit number at an offset from the head. */
  public void setInt(int offset, int value) {
    LittleEndian.putInt(bytes, head + offset, value);
  }

  /** Overwrites the byte at an offset from the head. */
  public void setByte(int offset, int value) {
    bytes[head + offset] = (byte) value;
  }
}
