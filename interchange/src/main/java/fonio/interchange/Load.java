package fonio.interchange;

import java.util.Arrays;

/**
 * How much of what it can take a manager has.
 *
 * <p>For each class a manager reports a window: how many tasks of that class alone it wants at
 * most. A task takes its part of the whole, so that tasks of several classes add up.
 */
final class Load {
  private static final double FULL = 1 - 1e-6;

  private int[] classes = new int[2];
  private int[] counts = new int[2];
  private int[] windows = new int[2];
  private int known;
  private int otherwise;

  /** Sets the window of classes for which none was reported. */
  void windowOtherwise(int tasks) {
    otherwise = tasks;
  }

  /** Sets the window of a class. */
  void window(int classId, int tasks) {
    int at = place(classId);
    windows[at] = tasks;
  }

  void add(int classId, int tasks) {
    int at = place(classId);
    counts[at] += tasks;
  }

  void remove(int classId) {
    int at = place(classId);
    counts[at]--;
  }

  /** Which part of the whole is taken: 1 for all. */
  double taken() {
    double taken = 0;
    for (int i = 0; i < known; i++) {
      if (counts[i] > 0) {
        int window = windowAt(i);
        taken += window == 0 ? 1 : (double) counts[i] / window;
      }
    }
    return taken;
  }

  boolean isFull() {
    return otherwise == 0 || taken() >= FULL;
  }

  /** How many more tasks of a class it can take. */
  int room(int classId) {
    if (otherwise == 0) {
      return 0;
    }
    return (int) Math.max(0, (1 - taken()) * windowAt(place(classId)) + 1e-6);
  }

  /** All tasks are gone; the windows stay. */
  void clear() {
    Arrays.fill(counts, 0);
  }

  private int windowAt(int place) {
    return windows[place] < 0 ? otherwise : windows[place];
  }

  /** Where a class is noted; the arrays may be others after it. */
  private int place(int classId) {
    for (int i = 0; i < known; i++) {
      if (classes[i] == classId) {
        return i;
      }
    }
    if (known == classes.length) {
      classes = Arrays.copyOf(classes, 2 * known);
      counts = Arrays.copyOf(counts, 2 * known);
      windows = Arrays.copyOf(windows, 2 * known);
    }
    classes[known] = classId;
    counts[known] = 0;
    windows[known] = -1;
    return known++;
  }
}
