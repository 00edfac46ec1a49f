package fonio.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Objects by small number, the numbers used again: a table of ints can point to objects. Number 0
 * is never given.
 */
final class Numbered<T> {
  private @Nullable Object[] items = new Object[64];
  private int[] free = new int[64];
  private int freeCount;
  private int top = 1;

  int add(T item) {
    int number = freeCount > 0 ? free[--freeCount] : top++;
    if (number == items.length) {
      items = Arrays.copyOf(items, number * 2);
    }
    items[number] = item;
    return number;
  }

  @SuppressWarnings("unchecked")
  T get(int number) {
    Object item = items[number];
    if (item == null) {
      throw new IllegalStateException("number " + number + " is free");
    }
    return (T) item;
  }

  void remove(int number) {
    items[number] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = number;
  }

  int size() {
    return top - 1 - freeCount;
  }
}
