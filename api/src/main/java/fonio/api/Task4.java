package fonio.api;

import java.io.Serializable;

/** A function of 4 arguments that becomes a task. */
@FunctionalInterface
public interface Task4<A, B, C, D, R> extends Serializable {

  /** Runs once. */
  R run(A a, B b, C c, D d) throws Exception;
}
