package fonio.api;

import java.io.Serializable;

/** A function of 3 arguments that becomes a task. */
@FunctionalInterface
public interface Task3<A, B, C, R> extends Serializable {

  /** Runs once. */
  R run(A a, B b, C c) throws Exception;
}
