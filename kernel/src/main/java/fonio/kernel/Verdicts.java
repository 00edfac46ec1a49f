package fonio.kernel;

/**
 * What is decided about tasks that no executor has: by their owner, or by what is stored of other
 * runs. A verdict that comes too late returns false and changes nothing.
 */
final class Verdicts {

  private final Rows rows;
  private final Classes classes;
  private final Graph graph;

  Verdicts(Rows rows, Classes classes, Graph graph) {
    this.rows = rows;
    this.classes = classes;
    this.graph = graph;
  }

  boolean cancel(long task) {
    int row = rows.row(task);
    if (row == Rows.NONE) {
      return false;
    }
    return switch (rows.state(row)) {
      case WAITING, LOOKING_UP, READY, ASKED, PROMISED -> {
        graph.end(row, Ending.CANCELLED);
        yield true;
      }
      case UNKNOWN, HELD, ENDED_WELL, ENDED_BADLY -> false;
    };
  }

  /** The row of a task in this state; NONE if it has left it. */
  private int in(long task, TaskState state) {
    int row = rows.row(task);
    return row != Rows.NONE && rows.in(row, state) ? row : Rows.NONE;
  }

  boolean retry(long task, boolean again) {
    int row = in(task, TaskState.ASKED);
    if (row == Rows.NONE) {
      return false;
    }
    if (again) {
      graph.again(row, false);
    } else {
      graph.end(row, Ending.FAILED);
    }
    return true;
  }

  boolean found(long task, boolean ok) {
    int row = in(task, TaskState.LOOKING_UP);
    if (row == Rows.NONE) {
      return false;
    }
    graph.end(row, ok ? Ending.SUCCEEDED : Ending.FAILED);
    return true;
  }

  boolean notFound(long task) {
    int row = in(task, TaskState.LOOKING_UP);
    if (row == Rows.NONE) {
      return false;
    }
    graph.enqueue(row);
    return true;
  }

  boolean fulfil(long task, Ending ending) {
    int row = rows.row(task);
    if (row == Rows.NONE) {
      return false;
    }
    if (!classes.of(row).promise()) {
      throw new IllegalArgumentException(
          "task "
              + task
              + " is no promise but of class "
              + rows.classId(row)
              + "; it ends by its answers");
    }
    return switch (rows.state(row)) {
      case WAITING, PROMISED -> {
        graph.end(row, ending);
        yield true;
      }
      case UNKNOWN, LOOKING_UP, READY, HELD, ASKED, ENDED_WELL, ENDED_BADLY -> false;
    };
  }
}
