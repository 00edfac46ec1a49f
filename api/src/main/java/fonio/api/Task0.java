package fonio.api;

/** A function of 0 arguments that becomes a task. */
@FunctionalInterface
public interface Task0<R> {

  /** Runs once. */
  R run() throws Exception;
}
