package fonio.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The result of a task, now or later. A thread that waits here helps to run tasks.
 *
 * <p>{@link #get} wraps the task's error in an {@code ExecutionException}, as every {@code Future}
 * does.
 */
public interface TaskFuture<T> extends Future<T>, Arg<T> {

  /** The number of the task in its run, from 1. */
  long id();

  /**
   * Waits for the result.
   *
   * @throws TaskException if there is none
   * @throws java.util.concurrent.CancellationException if the task was cancelled
   */
  T join();

  /** Cancels the task if it has not begun: true if it will not run. */
  boolean cancel();

  /** Cancels the task, or interrupts the thread that runs it: true if it had not ended. */
  boolean kill();

  /** A view for code that composes; cancelling the view leaves the task alone. */
  CompletableFuture<T> toCompletableFuture();
}
