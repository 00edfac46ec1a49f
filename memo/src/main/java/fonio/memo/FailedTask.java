package fonio.memo;

/**
 * A task that ended without a result.
 *
 * @param folder the run's folder
 * @param task its number in the run
 * @param function its function's name
 * @param ending how it ended, such as {@code FAILED}
 * @param error what is known about the reason, as text
 */
public record FailedTask(String folder, long task, String function, String ending, String error) {}
