package fonio.api;

/**
 * A task whose worker process or manager was lost under it, or that no worker could be started for,
 * or whose executor failed or gets no nodes.
 */
public final class WorkerLostException extends TaskException {
  private static final long serialVersionUID = 1;

  /** Of a task and how its worker ended. */
  public WorkerLostException(long task, String message) {
    super(task, "task " + task + " has no result: " + message);
  }
}
