package fonio.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.util.Arrays;

/** The table of tasks: a row of 24 bytes each, in off-heap pages of 4,096 consecutive tasks. */
final class Rows implements AutoCloseable {

  /*
   * A row's number is (slot of its page) * 4096 + (task number within the page); it names the row as long as that lives and is what
   * links and edges hold, in 4 bytes. A row dies when its task is released and nothing points to it any more: no unmet dependency's
   * edge, no queue. The page dies with its last row; the page that is being filled counts its future rows as living.
   *
   *   0  link      next row of the queue or work list it is in   } 8 bytes: the cause, for a task that ended
   *   4  edges     last edge of the ring of its dependants       } as DEPENDENCY_FAILED
   *   8  unmet     dependencies that have not ended = edges that point to this row
   *  12  attempt   fencing epoch
   *  16  class  18 state  19 flags  20 failures so far  22 kills so far
   */

  static final int NONE = -1;
  static final int ROW_BYTES = 24;
  static final int PAGE_ROWS = 4096;

  /** The row is linked in a queue. */
  static final int QUEUED = 1;

  /** Sent ahead: held although a dependency has not ended. */
  static final int AHEAD = 2;

  /** A stored result is to be looked up before the first attempt. */
  static final int LOOK_UP = 4;

  /** It ended as DEPENDENCY_FAILED: link and edges hold the cause. */
  static final int CAUSED = 8;

  private static final int SHIFT = 12;
  private static final int MASK = PAGE_ROWS - 1;
  private static final int KEPT_PAGES = 64;
  private static final int MAX_SLOTS = Integer.MAX_VALUE >>> SHIFT;

  private static final int LINK = 0;
  private static final int EDGES = 4;
  private static final int UNMET = 8;
  private static final int ATTEMPT = 12;
  private static final int CLASS = 16;
  private static final int STATE = 18;
  private static final int FLAGS = 19;
  private static final int FAILURES = 20;
  private static final int KILLS = 22;

  private final Pages pages = new Pages(PAGE_ROWS * ROW_BYTES, KEPT_PAGES);
  private final PageIndex index = new PageIndex();
  private final long[] population = new long[TaskState.kinds()];
  private long[] firstTasks = new long[16];
  private int[] living = new int[16];
  private long lastTask;
  private long recentPage = -1;
  private int recentSlot;

  /** The row of a task that was submitted and not released; else NONE. */
  int row(long task) {
    if (task <= 0 || task > lastTask) {
      return NONE;
    }
    long page = task >>> SHIFT;
    int slot = page == recentPage ? recentSlot : find(page);
    if (slot == PageIndex.NONE) {
      return NONE;
    }
    int row = (slot << SHIFT) | ((int) task & MASK);
    return state(row) == TaskState.UNKNOWN.code() ? NONE : row;
  }

  private int find(long page) {
    int slot = index.slot(page);
    if (slot != PageIndex.NONE) {
      recentPage = page;
      recentSlot = slot;
    }
    return slot;
  }

  long task(int row) {
    return firstTasks[row >>> SHIFT] + (row & MASK);
  }

  long lastTask() {
    return lastTask;
  }

  /**
   * Appends rows for the next tasks, linked one to the next, as many as their page has room for:
   * their first one; see {@link #room}.
   */
  int append(int count, int classId, TaskState state, int flags) {
    long task = lastTask + 1;
    int inPage = (int) task & MASK;
    int slot = inPage == 0 || lastTask == 0 ? open(task >>> SHIFT) : find(task >>> SHIFT);
    int first = (slot << SHIFT) | inPage;
    var page = pages.page(slot);
    long kind = (classId & 0xFFFFL) | (long) state.code() << 16 | (long) flags << 24;
    long at = (long) inPage * ROW_BYTES;
    for (int row = first; row < first + count; row++) {
      page.set(JAVA_LONG, at, (long) NONE << 32 | (row + 1));
      page.set(JAVA_LONG, at + UNMET, 0L);
      page.set(JAVA_LONG, at + CLASS, kind);
      at += ROW_BYTES;
    }
    page.set(JAVA_INT, at - ROW_BYTES + LINK, NONE);
    lastTask += count;
    population[state.code()] += count;
    return first;
  }

  /** How many tasks the next {@link #append} can take. */
  int room() {
    return PAGE_ROWS - ((int) (lastTask + 1) & MASK);
  }

  private int open(long page) {
    int slot = pages.acquire();
    if (slot >= MAX_SLOTS) {
      pages.release(slot);
      throw new IllegalStateException(
          "the table is full: "
              + (long) MAX_SLOTS * PAGE_ROWS
              + " tasks are not released; release ended tasks, submit fewer at once");
    }
    if (slot >= living.length) {
      firstTasks = Arrays.copyOf(firstTasks, 2 * firstTasks.length);
      living = Arrays.copyOf(living, 2 * living.length);
    }
    firstTasks[slot] = page << SHIFT;
    living[slot] = page == 0 ? PAGE_ROWS - 1 : PAGE_ROWS;
    index.put(page, slot);
    recentPage = page;
    recentSlot = slot;
    return slot;
  }

  /** The owner needs an ended task no more: from here on it is unknown. */
  void release(int row) {
    move(row, TaskState.UNKNOWN);
    if (unmet(row) == 0 && !is(row, QUEUED)) {
      bury(row);
    }
  }

  /** Nothing points to the row of a released task any more. */
  void bury(int row) {
    population[TaskState.UNKNOWN.code()]--;
    int slot = row >>> SHIFT;
    if (--living[slot] == 0) {
      long page = firstTasks[slot] >>> SHIFT;
      index.remove(page);
      if (page == recentPage) {
        recentPage = -1;
      }
      pages.release(slot);
    }
  }

  /** How many rows are in a state; UNKNOWN: released, but something points to them yet. */
  long population(TaskState state) {
    return population[state.code()];
  }

  long bytes() {
    return pages.bytes();
  }

  void move(int row, TaskState to) {
    population[state(row)]--;
    population[to.code()]++;
    putByte(row, STATE, to.code());
  }

  /** The code of the row's state. */
  int state(int row) {
    return getByte(row, STATE);
  }

  boolean in(int row, TaskState state) {
    return state(row) == state.code();
  }

  boolean is(int row, int flag) {
    return (getByte(row, FLAGS) & flag) != 0;
  }

  void mark(int row, int flag) {
    putByte(row, FLAGS, getByte(row, FLAGS) | flag);
  }

  void unmark(int row, int flag) {
    putByte(row, FLAGS, getByte(row, FLAGS) & ~flag);
  }

  int link(int row) {
    return getInt(row, LINK);
  }

  void link(int row, int next) {
    putInt(row, LINK, next);
  }

  int edges(int row) {
    return getInt(row, EDGES);
  }

  void edges(int row, int last) {
    putInt(row, EDGES, last);
  }

  long cause(int row) {
    return is(row, CAUSED) ? pages.page(row >>> SHIFT).get(JAVA_LONG, offset(row)) : task(row);
  }

  void cause(int row, long cause) {
    mark(row, CAUSED);
    pages.page(row >>> SHIFT).set(JAVA_LONG, offset(row), cause);
  }

  int unmet(int row) {
    return getInt(row, UNMET);
  }

  void unmet(int row, int count) {
    putInt(row, UNMET, count);
  }

  int attempt(int row) {
    return getInt(row, ATTEMPT);
  }

  void nextAttempt(int row) {
    putInt(row, ATTEMPT, attempt(row) + 1);
  }

  int classId(int row) {
    return getShort(row, CLASS);
  }

  /** How often it failed, this time included. */
  int oneMoreFailure(int row) {
    int failures = getShort(row, FAILURES) + 1;
    pages.page(row >>> SHIFT).set(JAVA_SHORT, offset(row) + FAILURES, (short) failures);
    return failures;
  }

  /** How many workers died under it, this one included. */
  int oneMoreKill(int row) {
    int kills = getByte(row, KILLS) + 1;
    putByte(row, KILLS, kills);
    return kills;
  }

  private static long offset(int row) {
    return (long) (row & MASK) * ROW_BYTES;
  }

  private int getInt(int row, int field) {
    return pages.page(row >>> SHIFT).get(JAVA_INT, offset(row) + field);
  }

  private void putInt(int row, int field, int value) {
    pages.page(row >>> SHIFT).set(JAVA_INT, offset(row) + field, value);
  }

  private int getByte(int row, int field) {
    return pages.page(row >>> SHIFT).get(JAVA_BYTE, offset(row) + field);
  }

  private void putByte(int row, int field, int value) {
    pages.page(row >>> SHIFT).set(JAVA_BYTE, offset(row) + field, (byte) value);
  }

  private int getShort(int row, int field) {
    return Short.toUnsignedInt(pages.page(row >>> SHIFT).get(JAVA_SHORT, offset(row) + field));
  }

  @Override
  public void close() {
    pages.close();
    lastTask = 0;
  }
}
