package fonio.api;

/** A task that ran and threw; the cause is what it threw, of its own type. */
public final class TaskFailedException extends TaskException {
  private static final long serialVersionUID = 1;

  /** Of a task and what it threw. */
  public TaskFailedException(long task, Throwable cause) {
    super(task, "task " + task + " failed: " + cause, cause);
  }
}
