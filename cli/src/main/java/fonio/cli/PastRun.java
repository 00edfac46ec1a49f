package fonio.cli;

import java.util.Map;

/**
 * A run of this folder, as its files tell it.
 *
 * @param run its number, {@code 007}
 * @param state how it is: {@code ended}, {@code running}, or {@code killed}; or a {@link
 *     DurableState}
 * @param startedMillis when it began, milliseconds since 1970; 0 when that was not written
 * @param endedMillis when it ended; 0 when it did not
 * @param account what it did, as in {@code run.properties}
 */
record PastRun(
    String run, String state, long startedMillis, long endedMillis, Map<String, Long> account) {

  /** Whether it goes on. */
  boolean isRunning() {
    return state.equals(DurableState.RUNNING) || state.equals(DurableState.KEPT);
  }

  long count(String key) {
    return account.getOrDefault(key, 0L);
  }
}
