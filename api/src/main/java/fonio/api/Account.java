package fonio.api;

import java.time.Duration;

/** What a run has done so far. */
public record Account(
    long submitted,
    long succeeded,
    long failed,
    long cancelled,
    long dependencyFailed,
    long memoHits,
    Duration wall) {}
