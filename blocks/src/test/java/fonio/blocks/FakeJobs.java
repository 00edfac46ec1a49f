package fonio.blocks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A batch system in memory whose calls hang, throw and come late as a test says. */
final class FakeJobs implements Jobs {
  final List<String> calls = new ArrayList<>();
  final Map<String, JobStatus> statuses = new HashMap<>();
  final AtomicInteger inside = new AtomicInteger();
  final AtomicInteger mostInside = new AtomicInteger();

  /** Calls that may go on; a call waits for one while {@code hangs} names it. */
  final Semaphore passes = new Semaphore(0);

  volatile String hangs = "";
  volatile String throwing = "";
  private int jobs;

  synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  synchronized void set(String job, JobState state) {
    statuses.put(job, JobStatus.of(state, ""));
  }

  @Override
  public String submit(String blockName) {
    call("submit", blockName);
    synchronized (this) {
      return "job" + jobs++;
    }
  }

  @Override
  public Map<String, JobStatus> status(List<String> jobIds) {
    call("status", String.join(" ", jobIds));
    synchronized (this) {
      return Map.copyOf(statuses);
    }
  }

  @Override
  public void cancel(List<String> jobIds) {
    call("cancel", String.join(" ", jobIds));
  }

  @Override
  public Duration statusPeriod() {
    return Duration.ofSeconds(1);
  }

  private void call(String kind, String what) {
    mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      synchronized (this) {
        calls.add(kind + " " + what);
      }
      if (hangs.contains(kind)) {
        passes.acquire();
      }
      if (throwing.contains(kind)) {
        throw new IllegalStateException(kind + ": the batch system is down");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    } finally {
      inside.decrementAndGet();
    }
  }
}
