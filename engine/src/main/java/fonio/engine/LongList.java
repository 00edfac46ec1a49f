package fonio.engine;

import java.util.Arrays;

/** A growable list of longs that is filled, walked and cleared. */
final class LongList {
  private long[] values = new long[64];
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  int size() {
    return size;
  }

  long get(int index) {
    return values[index];
  }

  long[] toArray() {
    return Arrays.copyOf(values, size);
  }

  void clear() {
    size = 0;
    if (values.length > 1 << 16) {
      values = new long[64];
    }
  }
}
