package fonio.pool;

/**
 * How a worker process ended unexpectedly.
 *
 * @param worker its name, {@code LABEL-w0}
 * @param pid its process id
 * @param status signal or exit code
 * @param lastLines what it last wrote to standard error
 */
public record WorkerDeath(String worker, int pid, ExitStatus status, String lastLines) {}
