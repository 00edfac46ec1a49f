package fonio.interchange;

import java.util.Arrays;

/**
 * The tasks that one manager has, by the lower 32 bits of a task's number.
 *
 * <p>A hash table in one array. Tasks that were sent one after the other under numbers that follow
 * each other share an entry, up to 16 of them, so that a frame of tasks takes few cache lines.
 */
final class Outstanding {
  /*
   * An entry is two words. The first is the number of a group, which is a task's number without its
   * lower 4 bits, and 16 bits, one for each task of the group that is out; 0 is a free entry. The
   * second is the entry's serial number, and the class and attempt that its tasks have in common.
   * An entry is extended only while it is the youngest, so that serials and bits tell the order.
   *
   * A place is the index of an entry and a bit in it.
   */
  private static final int SMALLEST = 16;
  private static final int GROUP_BITS = 4;
  private static final int GROUP = 1 << GROUP_BITS;
  private static final int MASK = 0xFFFF;
  private static final int TASK_BITS = 52;

  private long[] words = new long[2 * SMALLEST];
  private int entries;
  private int size;
  private int serial;

  /** The entry that was made or extended last, -1 when it is not where it was. */
  private int youngest = -1;

  private long newest;

  int size() {
    return size;
  }

  /** Notes a task that is not here yet, under an attempt. */
  void add(long task, int attempt, int classId) {
    if (task >>> TASK_BITS != 0) {
      throw new IllegalArgumentException(
          "task %d has a number of more than %d bits".formatted(task, TASK_BITS));
    }
    int note = (attempt & MASK) | classId << 16;
    long bit = 1L << (task & GROUP - 1);
    if (youngest >= 0 && task == newest + 1 && continues(youngest, task, note)) {
      words[2 * youngest] |= bit;
    } else {
      if (4 * (entries + 1) > words.length) {
        resize(2 * words.length);
      }
      long age = (long) serial++ << 32;
      youngest = put((task >>> GROUP_BITS << 16) | bit, age | (note & 0xFFFF_FFFFL));
      entries++;
    }
    newest = task;
    size++;
  }

  private boolean continues(int entry, long task, int note) {
    return words[2 * entry] >>> 16 == task >>> GROUP_BITS && (int) words[2 * entry + 1] == note;
  }

  /** Stores an entry at the first free index from its home on. */
  private int put(long group, long note) {
    int entry = home((int) (group >>> 16));
    while (words[2 * entry] != 0) {
      entry = next(entry);
    }
    words[2 * entry] = group;
    words[2 * entry + 1] = note;
    return entry;
  }

  /** Where a task is, by the lower 32 bits of its number and 16 of its attempt; -1 for nowhere. */
  int find(int id, int attempt) {
    for (int entry = home(id >>> GROUP_BITS); words[2 * entry] != 0; entry = next(entry)) {
      if (has(entry, id) && (words[2 * entry + 1] & MASK) == (attempt & MASK)) {
        return place(entry, id);
      }
    }
    return -1;
  }

  /** Where a task is under any attempt; -1 for nowhere. */
  int find(int id) {
    for (int entry = home(id >>> GROUP_BITS); words[2 * entry] != 0; entry = next(entry)) {
      if (has(entry, id)) {
        return place(entry, id);
      }
    }
    return -1;
  }

  private boolean has(int entry, int id) {
    long group = words[2 * entry];
    return (int) (group >>> 16) << GROUP_BITS == (id & -GROUP)
        && (group >>> (id & GROUP - 1) & 1) != 0;
  }

  private static int place(int entry, int id) {
    return (entry << GROUP_BITS) | (id & (GROUP - 1));
  }

  long task(int at) {
    return words[2 * (at >>> GROUP_BITS)] >>> 16 << GROUP_BITS | (at & (GROUP - 1));
  }

  int attempt(int at) {
    return (int) words[2 * (at >>> GROUP_BITS) + 1] & MASK;
  }

  int classId(int at) {
    return (int) words[2 * (at >>> GROUP_BITS) + 1] >>> 16;
  }

  /** Takes out what is at a place; places found before mean nothing then. */
  void remove(int at) {
    size--;
    int entry = at >>> GROUP_BITS;
    words[2 * entry] &= ~(1L << (at & GROUP - 1));
    if ((words[2 * entry] & MASK) == 0) {
      free(entry);
    }
  }

  /** Closes the gap that an entry leaves, so that all others are found from their homes. */
  private void free(int entry) {
    entries--;
    youngest = -1;
    int hole = entry;
    for (int at = next(entry); words[2 * at] != 0; at = next(at)) {
      int mask = words.length / 2 - 1;
      int home = home((int) (words[2 * at] >>> 16));
      if ((at - home & mask) >= (at - hole & mask)) {
        words[2 * hole] = words[2 * at];
        words[2 * hole + 1] = words[2 * at + 1];
        hole = at;
      }
    }
    words[2 * hole] = 0;
    if (size == 0 && words.length > 2 * SMALLEST) {
      clear();
    }
  }

  /** The places of all tasks, that sent first at first. */
  int[] oldestFirst() {
    int[] places = new int[size];
    long[] order = new long[size];
    int n = 0;
    for (int entry = 0; 2 * entry < words.length; entry++) {
      int age = (int) (words[2 * entry + 1] >>> 32) - serial;
      for (int bits = (int) words[2 * entry] & MASK; bits != 0; bits &= bits - 1) {
        order[n++] = (long) age << 32 | place(entry, Integer.numberOfTrailingZeros(bits));
      }
    }
    Arrays.sort(order);
    for (int i = 0; i < n; i++) {
      places[i] = (int) order[i];
    }
    return places;
  }

  void clear() {
    words = new long[2 * SMALLEST];
    entries = 0;
    size = 0;
    youngest = -1;
  }

  private void resize(int length) {
    long[] old = words;
    words = new long[length];
    for (int at = 0; at < old.length; at += 2) {
      if (old[at] != 0) {
        put(old[at], old[at + 1]);
      }
    }
  }

  private int next(int entry) {
    return entry + 1 & (words.length / 2 - 1);
  }

  /** By the lower 28 bits of a group's number: those that an id of 32 bits has. */
  private int home(int group) {
    return (((group << GROUP_BITS) * 0x9E3779B9) >>> 12) & (words.length / 2 - 1);
  }
}
