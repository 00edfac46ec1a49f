package fonio.kernel;

/**
 * The ready tasks of one lane and one priority, first in first out; those that come back untouched
 * go before the others.
 */
final class ReadyQueue {

  /*
   * The queue is linked through the rows. A cancelled task stays linked until the head passes it or the dead outnumber the living;
   * then the whole queue is swept, so that a dead row costs a constant and a queue without living rows is empty.
   */

  private static final int TOLERATED_DEAD = 64;

  private final Rows rows;
  private final Lane lane;
  private final int priority;
  private int head = Rows.NONE;
  private int tail = Rows.NONE;
  private int lastReturned = Rows.NONE;
  private int ready;
  private int dead;
  private int position;

  ReadyQueue(Rows rows, Lane lane, int priority) {
    this.rows = rows;
    this.lane = lane;
    this.priority = priority;
  }

  int priority() {
    return priority;
  }

  int ready() {
    return ready;
  }

  void position(int index) {
    position = index;
  }

  /** Appends rows that are linked from the first to the last. */
  void append(int first, int last, int count) {
    if (tail == Rows.NONE) {
      head = first;
    } else {
      rows.link(tail, first);
    }
    tail = last;
    more(count);
  }

  void append(int row) {
    rows.link(row, Rows.NONE);
    append(row, row, 1);
  }

  /** Behind those that came back earlier, before all others. */
  void putBack(int row) {
    int before = lastReturned;
    int after = before == Rows.NONE ? head : rows.link(before);
    rows.link(row, after);
    if (before == Rows.NONE) {
      head = row;
    } else {
      rows.link(before, row);
    }
    if (after == Rows.NONE) {
      tail = row;
    }
    lastReturned = row;
    more(1);
  }

  private void more(int count) {
    ready += count;
    lane.more(count, position);
  }

  /** Hands out at most {@code max} tasks, all of one class: how many. */
  int take(int max, long[] into, int at) {
    int classId = nextClass();
    int count = 0;
    while (count < max && count < ready && nextClass() == classId) {
      int row = head;
      pop();
      rows.move(row, TaskState.HELD);
      into[at + count++] = rows.task(row);
    }
    ready -= count;
    lane.less(count);
    return count;
  }

  /** The class of the first task; there must be one. */
  int nextClass() {
    while (!rows.in(head, TaskState.READY)) {
      dropDead();
    }
    return rows.classId(head);
  }

  private void dropDead() {
    int row = head;
    pop();
    dead--;
    dispose(row);
  }

  private void dispose(int row) {
    if (rows.in(row, TaskState.UNKNOWN)) {
      rows.bury(row);
    }
  }

  private void pop() {
    int row = head;
    head = rows.link(row);
    if (head == Rows.NONE) {
      tail = Rows.NONE;
    }
    if (row == lastReturned) {
      lastReturned = Rows.NONE;
    }
    rows.unmark(row, Rows.QUEUED);
  }

  /** One of its ready tasks was cancelled. */
  void died() {
    ready--;
    dead++;
    lane.less(1);
    if (ready == 0 || dead > ready + TOLERATED_DEAD) {
      sweep();
    }
  }

  private void sweep() {
    int row = head;
    int keptReturned = Rows.NONE;
    boolean returned = lastReturned != Rows.NONE;
    head = Rows.NONE;
    tail = Rows.NONE;
    while (row != Rows.NONE) {
      int next = rows.link(row);
      boolean lives = rows.in(row, TaskState.READY);
      if (lives) {
        relink(row);
      }
      if (lives && returned) {
        keptReturned = row;
      }
      if (row == lastReturned) {
        returned = false;
      }
      if (!lives) {
        rows.unmark(row, Rows.QUEUED);
        dispose(row);
      }
      row = next;
    }
    lastReturned = keptReturned;
    dead = 0;
  }

  private void relink(int row) {
    rows.link(row, Rows.NONE);
    if (tail == Rows.NONE) {
      head = row;
    } else {
      rows.link(tail, row);
    }
    tail = row;
  }
}
