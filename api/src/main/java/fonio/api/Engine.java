package fonio.api;

import fonio.api.spi.Calls;

/** A run: makes apps, runs their tasks, and ends when it is closed. */
public interface Engine extends AutoCloseable {

  /** An app of a function of 0 arguments. */
  <R> App0<R> app(Task0<R> function);

  /** An app of a function of 1 argument. */
  <A, R> App1<A, R> app(Task1<A, R> function);

  /** An app of a function of 2 arguments. */
  <A, B, R> App2<A, B, R> app(Task2<A, B, R> function);

  /** An app of a function of 3 arguments. */
  <A, B, C, R> App3<A, B, C, R> app(Task3<A, B, C, R> function);

  /** An app of a function of 4 arguments. */
  <A, B, C, D, R> App4<A, B, C, D, R> app(Task4<A, B, C, D, R> function);

  /**
   * An app of a function of 0 arguments that itself calls apps: its result is that of the future it
   * returns; it runs in this JVM, on a thread.
   */
  <R> App0<R> join(Task0<TaskFuture<R>> function);

  /**
   * An app of a function of 1 argument that itself calls apps: its result is that of the future it
   * returns; it runs in this JVM, on a thread.
   */
  <A, R> App1<A, R> join(Task1<A, TaskFuture<R>> function);

  /**
   * An app of a function of 2 arguments that itself calls apps: its result is that of the future it
   * returns; it runs in this JVM, on a thread.
   */
  <A, B, R> App2<A, B, R> join(Task2<A, B, TaskFuture<R>> function);

  /** An app that runs a line of bash; its result is the exit code 0, any other is an error. */
  App0<Integer> shell(String line);

  /** Calls without types, for functions of any number of arguments. */
  Calls calls();

  /**
   * Writes down the results of all cached calls that have ended so far, whatever {@link
   * CheckpointMode} the run has; when this returns, they are on disk and later runs find them.
   *
   * @throws IllegalStateException if the run has no checkpoint mode, or if they cannot be written
   */
  void checkpoint();

  /** What was done so far. */
  Account account();

  /** Waits for all tasks and ends the run. */
  @Override
  void close();
}
