package fonio.pool;

import fonio.wire.FrameView;

/** What a pool tells its owner; called inside {@link Pool#doWork} and the calls that cause it. */
public interface PoolListener {
  /**
   * Results of one worker: the i-th result of the frame is of {@code tasks[i]} under {@code
   * attempts[i]}. Frame and arrays are valid during the call only.
   */
  void results(int worker, FrameView frame, long[] tasks, int[] attempts);

  /** A task that a worker had did not run and will not run there. */
  void returned(long task, int attempt);

  /** A worker died while it ran the task. */
  void lost(long task, int attempt, WorkerDeath death);

  /** The task was ended with its worker, as the owner asked. */
  void killed(long task, int attempt);

  /** The task was ended with its worker, as it ran longer than its class allows. */
  void timedOut(long task, int attempt, long walltimeMillis);

  /** Workers die before they are ready, time and again: no task can run. */
  void unusable(WorkerDeath death);

  /** Whole lines that a worker printed. */
  void output(int worker, boolean error, String text);
}
