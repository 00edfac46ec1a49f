package fonio.api;

/** A task that asks for more than any node of its executor has. */
public final class InvalidResourcesException extends TaskException {
  private static final long serialVersionUID = 1;

  /** Of a task and what it asked for. */
  public InvalidResourcesException(long task, String message) {
    super(task, message);
  }
}
