package fonio.executors;

import fonio.wire.Fault;
import fonio.wire.FrameView;

/** What a lane reports about the attempts that it was given. */
public interface Outcomes {
  /**
   * A frame of results: the i-th one is of {@code tasks[from + i]} under {@code attempts[from +
   * i]}. The frame is valid during the call only.
   */
  void results(FrameView frame, long[] tasks, int[] attempts, int from);

  /** An attempt did not run and will not: the task may be given to another worker. */
  void returned(long task, int attempt);

  /** A worker died while it ran the task. */
  void lost(long task, int attempt, Fault fault);

  /** A running task was ended because the client asked for it. */
  void killed(long task, int attempt);

  /** A running task was ended by the executor, as a walltime does. */
  void failed(long task, int attempt, Fault fault);

  /** A task that was ASKED back has been returned, or has ended. */
  void recalled(long task);

  /** A task that was ASKED back runs, or has ended. */
  void tooLate(long task);

  /** No worker of the lane can be started: all its tasks fail with this. */
  void unusable(int lane, Fault fault);

  /** Whole lines that a worker printed. */
  void output(int worker, boolean error, String text);
}
