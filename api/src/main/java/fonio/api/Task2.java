package fonio.api;

import java.io.Serializable;

/** A function of 2 arguments that becomes a task. */
@FunctionalInterface
public interface Task2<A, B, R> extends Serializable {

  /** Runs once. */
  R run(A a, B b) throws Exception;
}
