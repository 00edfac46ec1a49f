package fonio.api;

import java.io.Serializable;

/** A function of 1 argument that becomes a task. */
@FunctionalInterface
public interface Task1<A, R> extends Serializable {

  /** Runs once. */
  R run(A a) throws Exception;
}
