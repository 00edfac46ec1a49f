package fonio.kernel;

/**
 * What executors answer about tasks that they have. An answer under an attempt that was given up
 * returns false and changes nothing.
 */
final class Answers {

  private final Rows rows;
  private final Classes classes;
  private final Graph graph;
  private final Notices notices;

  Answers(Rows rows, Classes classes, Graph graph, Notices notices) {
    this.rows = rows;
    this.classes = classes;
    this.graph = graph;
    this.notices = notices;
  }

  /** The row of a task that is HELD under this attempt; NONE if the answer is stale. */
  private int held(long task, int attempt) {
    int row = rows.row(task);
    return row != Rows.NONE && rows.in(row, TaskState.HELD) && rows.attempt(row) == attempt
        ? row
        : Rows.NONE;
  }

  boolean succeeded(long task, int attempt) {
    int row = held(task, attempt);
    if (row == Rows.NONE) {
      return false;
    }
    if (rows.is(row, Rows.AHEAD) && !rows.is(row, Rows.ADOPTED)) {
      throw new IllegalStateException(
          "task "
              + task
              + " was sent ahead and succeeded before its parent; answer the tasks of one worker in their order");
    }
    graph.end(row, Ending.SUCCEEDED);
    return true;
  }

  boolean failed(long task, int attempt) {
    int row = held(task, attempt);
    if (row == Rows.NONE) {
      return false;
    }
    TaskClass options = classes.of(row);
    if (options.asks()) {
      rows.move(row, TaskState.ASKED);
      notices.ask(task);
    } else if (rows.oneMoreFailure(row) <= options.retries()) {
      graph.again(row, false);
    } else {
      graph.end(row, Ending.FAILED);
    }
    return true;
  }

  boolean lost(long task, int attempt) {
    int row = held(task, attempt);
    if (row == Rows.NONE) {
      return false;
    }
    TaskClass options = classes.of(row);
    if (!options.rerunWhenLost()) {
      graph.end(row, Ending.LOST);
    } else if (rows.oneMoreKill(row) < options.maxKills()) {
      graph.again(row, true);
    } else {
      graph.end(row, Ending.POISONED);
    }
    return true;
  }

  boolean returned(long task, int attempt) {
    int row = held(task, attempt);
    if (row == Rows.NONE) {
      return false;
    }
    graph.again(row, true);
    return true;
  }

  boolean cancelled(long task, int attempt) {
    int row = held(task, attempt);
    if (row == Rows.NONE) {
      return false;
    }
    graph.end(row, Ending.CANCELLED);
    return true;
  }
}
