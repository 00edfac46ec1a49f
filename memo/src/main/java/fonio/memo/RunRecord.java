package fonio.memo;

/**
 * One run, as the history has it.
 *
 * @param folder its folder, {@code .fonio/runs/NNN}
 * @param startedMillis when it began, milliseconds since 1970
 * @param endedMillis when it ended, 0 while it goes on
 * @param account its account as text lines {@code key=value}
 */
public record RunRecord(String folder, long startedMillis, long endedMillis, String account) {}
