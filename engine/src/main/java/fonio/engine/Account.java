package fonio.engine;

import fonio.kernel.Ending;
import fonio.wire.ElementCounts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a run has done so far: tasks by ending, and the nanoseconds that workers spent inside
 * functions.
 */
final class Account {
  private long startNanos;
  long submitted;
  long succeeded;
  long failed;
  long cancelled;
  long dependencyFailed;
  long memoHits;
  long retries;
  long workersLost;
  long workNanos;
  int workers;
  private long occupied;
  private long occupiedNanos;
  private long sinceNanos;

  Account(long startNanos) {
    this.startNanos = startNanos;
  }

  void ended(Ending how) {
    switch (how) {
      case SUCCEEDED -> succeeded++;
      case FAILED, LOST, POISONED -> failed++;
      case CANCELLED -> cancelled++;
      case DEPENDENCY_FAILED -> dependencyFailed++;
    }
  }

  /** Counts the elements of maps instead of their chunks. */
  void add(ElementCounts elements) {
    submitted += elements.tasks();
    succeeded += elements.succeeded();
    failed += elements.failed();
    cancelled += elements.cancelled();
  }

  /** Goes on from what other engines of the run have counted that its journal does not tell. */
  void add(FormerEngines former) {
    memoHits += former.number("memo_hits");
    retries += former.number("retries");
    workersLost += former.number("workers_lost");
    workNanos += former.number("work_ns");
    occupiedNanos += former.number("occupied_ns");
    startNanos -= former.number("wall_ns");
  }

  /**
   * Notes how many tasks run or could run. As many workers count as occupied from now on; the time
   * of the others, who have nothing to do, is nobody's overhead.
   */
  void runnable(long tasks, LongSupplier nanoClock) {
    long level = Math.min(tasks, workers);
    if (level != occupied) {
      long now = nanoClock.getAsLong();
      occupiedNanos += occupied * (now - sinceNanos);
      sinceNanos = now;
      occupied = level;
    }
  }

  /** The account as text, for the client's progress and its closing lines. */
  Map<String, String> entries(long nowNanos, int workers, long waiting, long ready, long held) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("submitted", Long.toString(submitted));
    entries.put("succeeded", Long.toString(succeeded));
    entries.put("failed", Long.toString(failed));
    entries.put("cancelled", Long.toString(cancelled));
    entries.put("dependency_failed", Long.toString(dependencyFailed));
    entries.put("memo_hits", Long.toString(memoHits));
    entries.put("retries", Long.toString(retries));
    entries.put("workers_lost", Long.toString(workersLost));
    entries.put("workers", Integer.toString(workers));
    entries.put("waiting", Long.toString(waiting));
    entries.put("ready", Long.toString(ready));
    entries.put("held", Long.toString(held));
    entries.put("work_ns", Long.toString(workNanos));
    entries.put("occupied_ns", Long.toString(occupiedNanos + occupied * (nowNanos - sinceNanos)));
    entries.put("wall_ns", Long.toString(nowNanos - startNanos));
    return entries;
  }
}
