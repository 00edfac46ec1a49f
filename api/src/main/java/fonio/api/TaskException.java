package fonio.api;

/** A task without a result; its kinds say why. */
public abstract sealed class TaskException extends RuntimeException
    permits TaskFailedException,
        DependencyException,
        TaskTimeoutException,
        WorkerLostException,
        EngineLostException,
        InvalidResourcesException {
  private static final long serialVersionUID = 1;

  private final long task;

  TaskException(long task, String message, Throwable cause) {
    super(message, cause);
    this.task = task;
  }

  TaskException(long task, String message) {
    super(message);
    this.task = task;
  }

  /** The number of the task that has no result. */
  public long task() {
    return task;
  }
}
