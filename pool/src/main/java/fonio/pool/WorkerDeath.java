package fonio.pool;

/**
 * How a worker process ended unexpectedly.
 *
 * @param worker its name, {@code LABEL-w0}
 * @param pid its process id, 0 when none could be started
 * @param status signal or exit code
 * @param lastLines what it last wrote to standard error
 * @param fault why the pool ended it, as it did not do as it should; empty when it ended by itself
 */
public record WorkerDeath(
    String worker, int pid, ExitStatus status, String lastLines, String fault) {

  /** A process that ended by itself. */
  public WorkerDeath(String worker, int pid, ExitStatus status, String lastLines) {
    this(worker, pid, status, lastLines, "");
  }

  /** For people, to follow "the worker": {@code died by signal 11 (SIGSEGV)}. */
  public String text() {
    return fault.isEmpty() ? "died by " + status.text() : "was ended, as " + fault;
  }

  /** The last line that it wrote: what went wrong, as a rule. */
  public String lastLine() {
    String last = lastLines.strip();
    return last.isEmpty() ? "it said nothing" : last.substring(last.lastIndexOf('\n') + 1);
  }
}
