package fonio.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Objects by small integer, the integers used again: lets a table of ints point to objects. Number 0 is never given. */
final class Slots<T> {
  private @Nullable Object[] items = new Object[64];
  private int[] free = new int[64];
  private int freeCount;
  private int top = 1;

  int add(T item) {
    int slot = freeCount > 0 ? free[--freeCount] : top++;
    if (slot == items.length) {
      items = Arrays.copyOf(items, slot * 2);
    }
    items[slot] = item;
    return slot;
  }

  @SuppressWarnings("unchecked")
  T get(int slot) {
    Object item = items[slot];
    if (item == null) {
      throw new IllegalStateException("slot " + slot + " is empty");
    }
    return (T) item;
  }

  void remove(int slot) {
    items[slot] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = slot;
  }

  int size() {
    return top - 1 - freeCount;
  }
}
