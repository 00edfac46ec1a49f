package fonio.api;

/** A function of 3 arguments that becomes a task. */
@FunctionalInterface
public interface Task3<A, B, C, R> {

  /** Runs once. */
  R run(A a, B b, C c) throws Exception;
}
