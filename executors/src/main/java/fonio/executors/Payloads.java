package fonio.executors;

import fonio.wire.FrameWriter;

/**
 * Where a lane gets the bytes of the tasks that it sends: arguments, and the results of parents
 * that are spliced in.
 *
 * <p>Length columns are those of {@link fonio.wire.Length}.
 */
public interface Payloads {
  /** How many parents a task has. */
  int parentCount(long task);

  /** A parent of a task, by its place. */
  long parent(long task, int place);

  /** The length column of a task's own arguments. */
  int argumentLength(long task);

  /** Appends a task's own arguments. */
  void putArguments(long task, FrameWriter writer);

  /** The length column of the result of a task that has ended well. */
  int resultLength(long parent);

  /** Appends the result of a task that has ended well. */
  void putResult(long parent, FrameWriter writer);
}
