package fonio.engine;

import fonio.kernel.Ending;

/** Answers tasks whose result is already known, and remembers new results. */
interface Memory {
  /** A task with a memo key has its parents' results; it is answered now or later. */
  void lookUp(long task);

  /** A task has ended; called while the kernel must not be changed. */
  void ended(long task, Ending how, Result result);
}
