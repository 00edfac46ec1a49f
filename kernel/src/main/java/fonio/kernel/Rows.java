package fonio.kernel;

/** The table of tasks: a row of 24 bytes each, in off-heap pages of 4,096 consecutive tasks. */
final class Rows implements AutoCloseable {

  /*
   * A row's number is (slot of its page) * 4096 + (task number within the page); it names the row as long as that lives and is what
   * links and edges hold, in 4 bytes. A row dies when its task is released and nothing points to it any more: no unmet dependency's
   * edge, no queue; the page table is told of it.
   *
   *   0  link      next row of the queue or work list it is in   } 8 bytes: the cause, for a task that ended
   *   4  edges     last edge of the ring of its dependants       } as DEPENDENCY_FAILED
   *   8  unmet     dependencies that have not ended = edges that point to this row
   *  12  attempt   fencing epoch
   *  16  kind      class (16 bits), state (8), flags (8)
   *  20  charges   failures so far (16 bits), kills so far (8)
   */

  static final int NONE = -1;
  static final int ROW_BYTES = 24;
  static final int PAGE_ROWS = PageTable.PAGE_ROWS;

  /** The row is linked in a queue. */
  static final int QUEUED = 0x1000000;

  /** Sent ahead: held although a dependency has not ended. */
  static final int AHEAD = 0x2000000;

  /** A stored result is to be looked up before the first attempt. */
  static final int LOOK_UP = 0x4000000;

  /** It ended as DEPENDENCY_FAILED: link and edges hold the cause. */
  static final int CAUSED = 0x8000000;

  /** It is AHEAD with another kernel's leave: it may end before its dependencies. */
  static final int ADOPTED = 0x10000000;

  private static final int CLASS_MASK = 0xFFFF;
  private static final int STATE_SHIFT = 16;
  private static final int STATE_MASK = 0xFF0000;
  private static final int FAILURES_MASK = 0xFFFF;
  private static final int ONE_KILL = 0x10000;

  private static final int SHIFT = PageTable.SHIFT;
  private static final int MASK = PAGE_ROWS - 1;
  private static final int KEPT_PAGES = 64;

  private static final int LINK = 0;
  private static final int EDGES = 4;
  private static final int UNMET = 8;
  private static final int ATTEMPT = 12;
  private static final int KIND = 16;
  private static final int CHARGES = 20;

  private final int firstAttempt;
  private final Pages pages = new Pages(PAGE_ROWS * ROW_BYTES, KEPT_PAGES);
  private final PageTable table = new PageTable(pages);
  private final long[] population = new long[TaskState.kinds()];
  private long lastTask;

  /**
   * @param firstAttempt the attempt of every task at first
   */
  Rows(int firstAttempt) {
    this.firstAttempt = firstAttempt;
  }

  /** The row of a task that was submitted and not released; else NONE. */
  int row(long task) {
    if (task <= 0 || task > lastTask) {
      return NONE;
    }
    int slot = table.slot(task >>> SHIFT);
    if (slot == PageIndex.NONE) {
      return NONE;
    }
    int row = (slot << SHIFT) | ((int) task & MASK);
    return in(row, TaskState.UNKNOWN) ? NONE : row;
  }

  long task(int row) {
    return table.firstTask(row >>> SHIFT) + (row & MASK);
  }

  long lastTask() {
    return lastTask;
  }

  /**
   * Appends rows for the next {@code count <= room()} tasks, linked one to the next: the first row.
   */
  int append(int count, int classId, TaskState state, int flags) {
    long task = lastTask + 1;
    int inPage = (int) task & MASK;
    long page = task >>> SHIFT;
    int slot = inPage == 0 || lastTask == 0 ? table.open(page) : table.slot(page);
    int first = (slot << SHIFT) | inPage;
    long kind = classId | (state.code() << STATE_SHIFT) | flags;
    long at = address(first);
    for (int row = first; row < first + count; row++) {
      Memory.putLong(at, (long) NONE << 32 | (row + 1));
      Memory.putLong(at + UNMET, (long) firstAttempt << 32);
      Memory.putLong(at + KIND, kind);
      at += ROW_BYTES;
    }
    link(first + count - 1, NONE);
    lastTask += count;
    population[state.code()] += count;
    return first;
  }

  /** How many tasks the next {@link #append} can take. */
  int room() {
    return PAGE_ROWS - ((int) (lastTask + 1) & MASK);
  }

  /** The owner needs an ended task no more: from here on it is unknown. */
  void release(int row) {
    int kind = kind(row);
    population[stateOf(kind)]--;
    kind(row, kind & ~STATE_MASK);
    if (unmet(row) == 0 && (kind & QUEUED) == 0) {
      table.vacate(row >>> SHIFT);
    } else {
      population[TaskState.UNKNOWN.code()]++;
    }
  }

  /** Nothing points any more to the row of a task that was released. */
  void bury(int row) {
    population[TaskState.UNKNOWN.code()]--;
    table.vacate(row >>> SHIFT);
  }

  /** How many rows are in a state; UNKNOWN: released, but something points to them yet. */
  long population(TaskState state) {
    return population[state.code()];
  }

  long bytesInUse() {
    return (long) table.size() * PAGE_ROWS * ROW_BYTES;
  }

  long bytes() {
    return pages.bytes();
  }

  TaskState state(int row) {
    return TaskState.of(stateOf(kind(row)));
  }

  boolean in(int row, TaskState state) {
    return stateOf(kind(row)) == state.code();
  }

  void move(int row, TaskState to) {
    int kind = kind(row);
    population[stateOf(kind)]--;
    population[to.code()]++;
    kind(row, inState(kind, to));
  }

  /** A READY row leaves its queue for an executor; {@link #held} counts it. */
  void hold(int row) {
    kind(row, inState(kind(row), TaskState.HELD) & ~QUEUED);
  }

  /** So many READY rows were given to {@link #hold}. */
  void held(int count) {
    population[TaskState.READY.code()] -= count;
    population[TaskState.HELD.code()] += count;
  }

  private static int stateOf(int kind) {
    return (kind & STATE_MASK) >>> STATE_SHIFT;
  }

  private static int inState(int kind, TaskState state) {
    return (kind & ~STATE_MASK) | (state.code() << STATE_SHIFT);
  }

  boolean is(int row, int flag) {
    return (kind(row) & flag) != 0;
  }

  void mark(int row, int flag) {
    kind(row, kind(row) | flag);
  }

  void unmark(int row, int flag) {
    kind(row, kind(row) & ~flag);
  }

  int classId(int row) {
    return kind(row) & CLASS_MASK;
  }

  private int kind(int row) {
    return Memory.getInt(address(row) + KIND);
  }

  private void kind(int row, int kind) {
    Memory.putInt(address(row) + KIND, kind);
  }

  int link(int row) {
    return Memory.getInt(address(row) + LINK);
  }

  void link(int row, int next) {
    Memory.putInt(address(row) + LINK, next);
  }

  int edges(int row) {
    return Memory.getInt(address(row) + EDGES);
  }

  void edges(int row, int last) {
    Memory.putInt(address(row) + EDGES, last);
  }

  long cause(int row) {
    return is(row, CAUSED) ? Memory.getLong(address(row)) : task(row);
  }

  void cause(int row, long cause) {
    mark(row, CAUSED);
    Memory.putLong(address(row), cause);
  }

  int unmet(int row) {
    return Memory.getInt(address(row) + UNMET);
  }

  void unmet(int row, int count) {
    Memory.putInt(address(row) + UNMET, count);
  }

  int attempt(int row) {
    return Memory.getInt(address(row) + ATTEMPT);
  }

  void attempt(int row, int attempt) {
    Memory.putInt(address(row) + ATTEMPT, attempt);
  }

  /** An attempt that this table gives a row for the first time. */
  void nextAttempt(int row) {
    attempt(row, Math.max(attempt(row) + 1, firstAttempt));
  }

  /** How many attempts this table gave a row after the first. */
  int furtherAttempts(int row) {
    return Math.max(0, attempt(row) - firstAttempt);
  }

  /** Whether no attempt of the row that this table gave was ever in use. */
  boolean isFresh(int row) {
    return attempt(row) == firstAttempt;
  }

  /** How often it failed, this time included: up to 65,536. */
  int oneMoreFailure(int row) {
    long at = address(row) + CHARGES;
    int charges = Memory.getInt(at);
    int failures = (charges & FAILURES_MASK) + 1;
    Memory.putInt(at, (charges & ~FAILURES_MASK) | (failures & FAILURES_MASK));
    return failures;
  }

  /** How many workers died under it, this one included. */
  int oneMoreKill(int row) {
    long at = address(row) + CHARGES;
    int charges = Memory.getInt(at) + ONE_KILL;
    Memory.putInt(at, charges);
    return charges >>> 16;
  }

  private long address(int row) {
    return pages.address(row >>> SHIFT) + (long) (row & MASK) * ROW_BYTES;
  }

  @Override
  public void close() {
    pages.close();
    lastTask = 0;
  }
}
