package fonio.api;

/** A function of 1 argument that becomes a task. */
@FunctionalInterface
public interface Task1<A, R> {

  /** Runs once. */
  R run(A a) throws Exception;
}
