package fonio.api;

/** A task that was not done when the engine of its run failed; the cause is what it failed of. */
public final class EngineLostException extends TaskException {
  private static final long serialVersionUID = 1;

  /** Of a task and what the engine failed of. */
  public EngineLostException(long task, Throwable cause) {
    super(
        task,
        "task %d has no result, as the engine of its run failed: %s; this is a fault of Fonio: close the engine, start another, and report the cause"
            .formatted(task, cause),
        cause);
  }
}
