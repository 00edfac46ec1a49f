package fonio.interchange;

import fonio.wire.FrameView;

/**
 * What an interchange tells its owner; called inside {@link Interchange#doWork} and the calls that
 * cause it.
 */
public interface InterchangeListener {
  /** The attempt of a result that is not due: it belongs to no attempt. */
  int STALE = -1;

  /** In place of the class of a task that is not adopted. */
  int UNWANTED = -1;

  /**
   * Results of one manager: the i-th result of the frame is of {@code tasks[i]} under {@code
   * attempts[i]}, or {@link #STALE}. Frame and arrays are valid during the call only.
   */
  void results(FrameView frame, long[] tasks, int[] attempts);

  /** Whether managers that an engine before this one had may go on with what they hold. */
  default boolean adopts() {
    return false;
  }

  /**
   * A manager that an engine before this one had holds a task, or its result.
   *
   * @param id the lower 32 bits of the task's number
   * @return the class of the task, if it is that manager's from now on; else {@link #UNWANTED}
   */
  default int adopt(int id, int attempt) {
    return UNWANTED;
  }

  /** A task that a manager had did not run, or it does not matter that it did. */
  void returned(long task, int attempt);

  /** A manager is gone and may have run the task. */
  void lost(long task, int attempt, ManagerInfo manager, String why);

  /** The task could not be taken back, as the owner had asked: it runs, or has ended. */
  void tooLate(long task);

  /** A manager that came back has said all that it holds; it may leave before it has joined. */
  default void cameBack(ManagerInfo manager) {}

  /** A manager has come, with so many workers. */
  void joined(ManagerInfo manager, int workers);

  /** A manager is gone; its tasks were told before. */
  void left(ManagerInfo manager, String why);

  /** A manager cannot run tasks, and says why. */
  void unusable(ManagerInfo manager, String why);

  /** Whole lines that a worker printed. */
  void output(ManagerInfo manager, int worker, boolean error, String text);

  /** Something for the run's log. */
  void said(String text);
}
