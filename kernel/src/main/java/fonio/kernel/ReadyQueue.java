package fonio.kernel;

/**
 * The ready tasks of one lane and one priority, first in first out; one that comes back untouched
 * goes before all others.
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

  /** Before all others: who gives several back begins with the youngest. */
  void putBack(int row) {
    rows.link(row, head);
    head = row;
    if (tail == Rows.NONE) {
      tail = row;
    }
    more(1);
  }

  private void more(int count) {
    ready += count;
    lane.more(count, position);
  }

  /** Hands out at most {@code max} tasks, all of one class: how many. There must be one. */
  int take(int max, long[] into, int at) {
    int most = Math.min(max, ready);
    int classId = nextClass();
    int count = 0;
    do {
      int row = head;
      unlinkHead();
      rows.hold(row);
      into[at + count++] = rows.task(row);
    } while (count < most && nextClass() == classId);
    ready -= count;
    lane.less(count);
    rows.held(count);
    return count;
  }

  /** The class of the first task; there must be one. */
  int nextClass() {
    while (!rows.in(head, TaskState.READY)) {
      int row = head;
      unlinkHead();
      dead--;
      discard(row);
    }
    return rows.classId(head);
  }

  private void unlinkHead() {
    int row = head;
    head = rows.link(row);
    if (head == Rows.NONE) {
      tail = Rows.NONE;
    }
  }

  /** A dead row is linked no more. */
  private void discard(int row) {
    rows.unmark(row, Rows.QUEUED);
    if (rows.in(row, TaskState.UNKNOWN)) {
      rows.bury(row);
    }
  }

  /** One of its dead, which is linked still, is ready again. */
  void revived() {
    dead--;
    more(1);
  }

  /** One of its ready tasks was cancelled, or adopted. */
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
    head = Rows.NONE;
    tail = Rows.NONE;
    while (row != Rows.NONE) {
      int next = rows.link(row);
      if (rows.in(row, TaskState.READY)) {
        relink(row);
      } else {
        discard(row);
      }
      row = next;
    }
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
