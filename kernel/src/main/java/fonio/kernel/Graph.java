package fonio.kernel;

/** What hangs on what: edges from tasks to their dependants, and what an ending does to them. */
final class Graph {

  /*
   * Each unmet dependency of a task is one edge that points to its row; "unmet" counts them, also after the task itself has ended, so
   * that a row is not reused while an edge points to it. An ended task has no edges. A failure that spreads does not recurse: tasks
   * that failed with it are linked into a list through their rows until their own dependants have been told, breadth first.
   */

  private final Rows rows;
  private final Edges edges;
  private final Classes classes;
  private final Notices notices;
  private int firstFailed = Rows.NONE;
  private int lastFailed = Rows.NONE;

  Graph(Rows rows, Edges edges, Classes classes, Notices notices) {
    this.rows = rows;
    this.edges = edges;
    this.classes = classes;
    this.notices = notices;
  }

  /** The child waits for the parent, which has not ended; naming a parent twice counts once. */
  void depend(int child, int parent) {
    int last = rows.edges(parent);
    if (last != Edges.NONE && edges.child(last) == child) {
      return;
    }
    rows.edges(parent, edges.append(last, child));
    rows.unmet(child, rows.unmet(child) + 1);
  }

  /** The only dependant of a task, if it waits for nothing else; else NONE. */
  int onlyDependant(int row) {
    int last = rows.edges(row);
    if (last == Edges.NONE || edges.next(last) != last) {
      return Rows.NONE;
    }
    int child = edges.child(last);
    return rows.unmet(child) == 1 ? child : Rows.NONE;
  }

  /**
   * Holds a task that was never taken, under an attempt of another table; whether it is one. A
   * READY one stays linked in its queue, as a dead one.
   */
  boolean adopt(int row, int attempt) {
    switch (rows.state(row)) {
      case READY -> {
        rows.move(row, TaskState.HELD);
        classes.queueOf(row).died();
      }
      case WAITING -> {
        rows.move(row, TaskState.HELD);
        rows.mark(row, Rows.AHEAD | Rows.ADOPTED);
      }
      case LOOKING_UP -> rows.move(row, TaskState.HELD);
      case UNKNOWN, HELD, ASKED, PROMISED, ENDED_WELL, ENDED_BADLY -> {
        return false;
      }
    }
    rows.attempt(row, attempt);
    return true;
  }

  /** A task that waited, or is new, has all its dependencies. */
  void proceed(int row) {
    if (classes.of(row).promise()) {
      rows.move(row, TaskState.PROMISED);
    } else if (rows.is(row, Rows.LOOK_UP)) {
      rows.move(row, TaskState.LOOKING_UP);
      notices.lookUp(rows.task(row));
    } else {
      enqueue(row);
    }
  }

  void enqueue(int row) {
    rows.move(row, TaskState.READY);
    rows.mark(row, Rows.QUEUED);
    classes.queueOf(row).append(row);
  }

  /**
   * The task is to run (again) under a new epoch: at the back of its queue after a failure, else at
   * the front; or where it stands in the queue, if it was adopted and is linked there still.
   */
  void again(int row, boolean front) {
    rows.nextAttempt(row);
    rows.unmark(row, Rows.AHEAD | Rows.ADOPTED);
    if (rows.unmet(row) > 0) {
      rows.move(row, TaskState.WAITING);
    } else if (rows.is(row, Rows.QUEUED)) {
      rows.move(row, TaskState.READY);
      classes.queueOf(row).revived();
    } else if (front) {
      rows.move(row, TaskState.READY);
      rows.mark(row, Rows.QUEUED);
      classes.queueOf(row).putBack(row);
    } else {
      enqueue(row);
    }
  }

  void end(int row, Ending ending) {
    long task = rows.task(row);
    boolean queued = rows.in(row, TaskState.READY);
    rows.move(row, ending.well() ? TaskState.ENDED_WELL : TaskState.ENDED_BADLY);
    if (queued) {
      classes.queueOf(row).died();
    }
    notices.ended(task, ending, task);
    if (rows.edges(row) == Edges.NONE) {
      return;
    }
    if (ending.well()) {
      wakeDependants(row);
    } else {
      failDependants(row, task);
    }
  }

  /** A new task one of whose parents has ended badly already. */
  void endStillborn(int row, long cause) {
    rows.move(row, TaskState.ENDED_BADLY);
    rows.cause(row, cause);
    notices.ended(rows.task(row), Ending.DEPENDENCY_FAILED, cause);
  }

  private void wakeDependants(int row) {
    int last = rows.edges(row);
    int edge = last;
    int count = 0;
    do {
      edge = edges.next(edge);
      int child = edges.child(edge);
      count++;
      int unmet = rows.unmet(child) - 1;
      rows.unmet(child, unmet);
      if (unmet == 0) {
        met(child);
      }
    } while (edge != last);
    rows.edges(row, Edges.NONE);
    edges.free(last, count);
  }

  private void met(int child) {
    switch (rows.state(child)) {
      case WAITING -> proceed(child);
      case HELD -> rows.unmark(child, Rows.AHEAD);
      case UNKNOWN -> rows.bury(child);
      case ASKED, ENDED_BADLY, ENDED_WELL, LOOKING_UP, PROMISED, READY -> {}
    }
  }

  private void failDependants(int root, long cause) {
    failChildren(root, cause);
    while (firstFailed != Rows.NONE) {
      int row = firstFailed;
      firstFailed = rows.link(row);
      if (rows.edges(row) != Edges.NONE) {
        failChildren(row, cause);
      }
      rows.cause(row, cause);
    }
  }

  private void failChildren(int row, long cause) {
    int last = rows.edges(row);
    int edge = last;
    int count = 0;
    do {
      edge = edges.next(edge);
      failChild(edges.child(edge), cause);
      count++;
    } while (edge != last);
    rows.edges(row, Edges.NONE);
    edges.free(last, count);
  }

  private void failChild(int child, long cause) {
    int unmet = rows.unmet(child) - 1;
    rows.unmet(child, unmet);
    switch (rows.state(child)) {
      case WAITING, HELD, ASKED -> {
        rows.move(child, TaskState.ENDED_BADLY);
        spread(child);
        notices.ended(rows.task(child), Ending.DEPENDENCY_FAILED, cause);
      }
      case UNKNOWN -> {
        if (unmet == 0) {
          rows.bury(child);
        }
      }
      case ENDED_BADLY, ENDED_WELL, LOOKING_UP, PROMISED, READY -> {}
    }
  }

  private void spread(int row) {
    rows.link(row, Rows.NONE);
    if (firstFailed == Rows.NONE) {
      firstFailed = row;
    } else {
      rows.link(lastFailed, row);
    }
    lastFailed = row;
  }
}
