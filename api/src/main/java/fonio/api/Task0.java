package fonio.api;

import java.io.Serializable;

/** A function of 0 arguments that becomes a task. */
@FunctionalInterface
public interface Task0<R> extends Serializable {

  /** Runs once. */
  R run() throws Exception;
}
