package fonio.interchange;

import java.util.Arrays;

/**
 * The tasks that one manager has: a hash table in primitive arrays, by the lower 32 bits of a
 * task's number.
 */
final class Outstanding {
  private static final int SMALLEST = 16;

  private long[] tasks = new long[SMALLEST];

  /** Attempt in the lower, class in the upper 16 bits. */
  private int[] notes = new int[SMALLEST];

  private int[] serials = new int[SMALLEST];
  private int size;
  private int serial;

  Outstanding() {
    this(0);
  }

  /** Counts the tasks, in the order in which they come, from a number on. */
  Outstanding(int firstSerial) {
    serial = firstSerial;
  }

  int size() {
    return size;
  }

  /** Notes a task, whose number is not 0, under an attempt. */
  void add(long task, int attempt, int classId) {
    if (2 * (size + 1) > tasks.length) {
      resize(2 * tasks.length);
    }
    int at = slot((int) task);
    tasks[at] = task;
    notes[at] = (attempt & 0xFFFF) | classId << 16;
    serials[at] = serial++;
    size++;
  }

  /** Where a task is, by the lower 32 bits of its number and 16 of its attempt; -1 for nowhere. */
  int find(int id, int attempt) {
    int at = find(id);
    return at >= 0 && (notes[at] & 0xFFFF) == (attempt & 0xFFFF) ? at : -1;
  }

  /** Where a task is under any attempt; -1 for nowhere. */
  int find(int id) {
    int at = slot(id);
    return tasks[at] == 0 ? -1 : at;
  }

  long task(int at) {
    return tasks[at];
  }

  int attempt(int at) {
    return notes[at] & 0xFFFF;
  }

  int classId(int at) {
    return notes[at] >>> 16;
  }

  /** Takes out what is at a place; places found before mean nothing then. */
  void remove(int at) {
    size--;
    int mask = tasks.length - 1;
    int hole = at;
    for (int next = at + 1 & mask; tasks[next] != 0; next = next + 1 & mask) {
      int home = home((int) tasks[next]);
      if ((next - home & mask) >= (next - hole & mask)) {
        tasks[hole] = tasks[next];
        notes[hole] = notes[next];
        serials[hole] = serials[next];
        hole = next;
      }
    }
    tasks[hole] = 0;
    if (size == 0 && tasks.length > SMALLEST) {
      resize(SMALLEST);
    }
  }

  /** The places of all tasks, that sent first at first. */
  int[] oldestFirst() {
    int[] places = new int[size];
    long[] order = new long[size];
    int n = 0;
    for (int at = 0; at < tasks.length; at++) {
      if (tasks[at] != 0) {
        order[n++] = (long) (serials[at] - serial) << 32 | at;
      }
    }
    Arrays.sort(order);
    for (int i = 0; i < n; i++) {
      places[i] = (int) order[i];
    }
    return places;
  }

  void clear() {
    tasks = new long[SMALLEST];
    notes = new int[SMALLEST];
    serials = new int[SMALLEST];
    size = 0;
  }

  private void resize(int length) {
    long[] oldTasks = tasks;
    int[] oldNotes = notes;
    int[] oldSerials = serials;
    tasks = new long[length];
    notes = new int[length];
    serials = new int[length];
    for (int i = 0; i < oldTasks.length; i++) {
      if (oldTasks[i] != 0) {
        int at = slot((int) oldTasks[i]);
        tasks[at] = oldTasks[i];
        notes[at] = oldNotes[i];
        serials[at] = oldSerials[i];
      }
    }
  }

  /** Where a task is, or would be put. */
  private int slot(int id) {
    int mask = tasks.length - 1;
    int at = home(id);
    while (tasks[at] != 0 && (int) tasks[at] != id) {
      at = at + 1 & mask;
    }
    return at;
  }

  private int home(int id) {
    return ((id * 0x9E3779B9) >>> 8) & (tasks.length - 1);
  }
}
