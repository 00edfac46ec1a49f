package fonio.api;

import java.time.Duration;

/** A task that ran longer than its walltime and was ended with its worker process. */
public final class TaskTimeoutException extends TaskException {
  private static final long serialVersionUID = 1;

  /** Of a task and the time that it was allowed. */
  public TaskTimeoutException(long task, Duration walltime) {
    super(
        task,
        "task %d ran longer than its walltime of %s s and was ended with its worker; give its executor a longer walltime, or the task less to do"
            .formatted(task, walltime.toMillis() / 1000.0));
  }
}
