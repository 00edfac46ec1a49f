package fonio.api;

/** A function of 2 arguments that becomes a task. */
@FunctionalInterface
public interface Task2<A, B, R> {

  /** Runs once. */
  R run(A a, B b) throws Exception;
}
