package fonio.api;

/** A task that was not run, since a task whose result it needs has none. */
public final class DependencyException extends TaskException {
  private static final long serialVersionUID = 1;

  /**
   * Names the chain.
   *
   * @param chain the tasks from this one to the one at the root
   * @param root why the last one has no result
   */
  public DependencyException(long task, String chain, Throwable root) {
    super(task, "task " + task + " was not run: " + chain + "; at the root: " + root, root);
  }
}
