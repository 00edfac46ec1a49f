package fonio.engine;

import fonio.api.Account;
import fonio.kernel.Census;
import fonio.kernel.Ending;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a run in this JVM counts beside its kernel. */
final class Tally {
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong memoHits = new AtomicLong();
  private final long startNanos = System.nanoTime();

  /** The number of the next call. */
  long nextCall() {
    return calls.incrementAndGet();
  }

  /** A call ended by the result of another one. */
  void memoHit() {
    memoHits.incrementAndGet();
  }

  /** The account of the run; only for the holder of the baton. */
  Account account(Core with) {
    Census census = with.kernel.census();
    return new Account(
        calls.get(),
        census.ended(Ending.SUCCEEDED),
        census.ended(Ending.FAILED)
            + census.ended(Ending.LOST)
            + census.ended(Ending.POISONED)
            + with.lost,
        census.ended(Ending.CANCELLED),
        census.ended(Ending.DEPENDENCY_FAILED) + with.stillborn,
        memoHits.get(),
        Duration.ofNanos(System.nanoTime() - startNanos));
  }

  /** An account as it is written down. */
  static Map<String, String> entries(Account of) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("submitted", Long.toString(of.submitted()));
    entries.put("succeeded", Long.toString(of.succeeded()));
    entries.put("failed", Long.toString(of.failed()));
    entries.put("cancelled", Long.toString(of.cancelled()));
    entries.put("dependency_failed", Long.toString(of.dependencyFailed()));
    entries.put("memo_hits", Long.toString(of.memoHits()));
    entries.put("wall_ns", Long.toString(of.wall().toNanos()));
    return entries;
  }
}
