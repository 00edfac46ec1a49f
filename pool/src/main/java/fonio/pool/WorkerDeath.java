package fonio.pool;

/**
 * How a worker process ended unexpectedly.
 *
 * @param worker its name, {@code LABEL-w0}
 * @param pid its process id, 0 when none could be started
 * @param status signal or exit code
 * @param lastLines what it last wrote to standard error
 */
public record WorkerDeath(String worker, int pid, ExitStatus status, String lastLines) {
  /** The last line that it wrote: what went wrong, as a rule. */
  public String lastLine() {
    String last = lastLines.strip();
    return last.isEmpty() ? "it said nothing" : last.substring(last.lastIndexOf('\n') + 1);
  }
}
