package fonio.kernel;

/**
 * What the kernel tells to the world: called inside the event that causes it, in the order of the
 * causes.
 *
 * <p>An implementation may read the kernel but must not change it: it notes what is to be done and
 * does it after the event. It does not throw.
 */
public interface Effects {

  /**
   * A task ended; told exactly once a task.
   *
   * @param cause the task at the root of a {@link Ending#DEPENDENCY_FAILED}, else the task itself
   */
  void ended(long task, Ending ending, long cause);

  /**
   * A task of a class that {@linkplain TaskClass#asks() asks} failed: {@link Kernel#retry} is
   * awaited.
   */
  void ask(long task);

  /**
   * A task submitted with {@link Kernel#LOOK_UP} has its dependencies: {@link Kernel#found} or
   * {@link Kernel#notFound} is awaited.
   */
  void lookUp(long task);
}
