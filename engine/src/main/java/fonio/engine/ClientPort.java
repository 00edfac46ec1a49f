package fonio.engine;

/** What a dataflow says to its client beside results. */
interface ClientPort {
  /** Asks whether a failed task is to be tried again. */
  void ask(long task, Result failure);

  /** Says that a task could not be stopped. */
  void verdict(long task);

  /** Passes on whole lines that a worker printed. */
  void output(int worker, boolean error, String text);
}
