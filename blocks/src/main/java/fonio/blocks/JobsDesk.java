package fonio.blocks;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One thread that calls the batch system, one call at a time, and posts what came of it. */
final class JobsDesk {
  /*
   * A platform thread: a call may hang in the file system, which would hold one of the few carriers of virtual threads. Requests
   * are guarded by the desk's monitor, which no call is made under, so the loop never waits for a call; outcomes are a lock-free queue.
   *
   * Closing. Requests that are not begun are dropped and a status query that runs is interrupted. A submit that runs is not:
   * interrupted, its job would stand in the queue and nobody would know its id. A job whose id comes after `stop` is cancelled by
   * this thread at once, even when nobody waits for it any more; one that came before is among the outcomes.
   */
  private enum Kind {
    SUBMIT,
    STATUS,
    CANCEL
  }

  private record Request(Kind kind, List<String> names) {
    Request {
      names = List.copyOf(names);
    }
  }

  private final Jobs jobs;
  private final LongSupplier nanoClock;
  private final Runnable wakeup;
  private final Thread thread;
  private final ArrayDeque<Request> requests = new ArrayDeque<>();
  private final ConcurrentLinkedQueue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
  private @Nullable Request running;
  private long runningSinceNanos;
  private boolean statusAsked;
  private boolean stopped;
  private boolean finished;

  JobsDesk(String label, Jobs jobs, LongSupplier nanoClock, Runnable wakeup) {
    this.jobs = jobs;
    this.nanoClock = nanoClock;
    this.wakeup = wakeup;
    this.thread = Thread.ofPlatform().daemon().name("fonio-jobs-" + label).unstarted(this::run);
  }

  void submit(String block) {
    ask(new Request(Kind.SUBMIT, List.of(block)));
  }

  void cancel(List<String> ids) {
    ask(new Request(Kind.CANCEL, ids));
  }

  /** Asks how jobs are, unless that is being asked already. */
  synchronized void status(List<String> ids) {
    if (!statusAsked) {
      statusAsked = true;
      ask(new Request(Kind.STATUS, ids));
    }
  }

  private synchronized void ask(Request request) {
    if (stopped) {
      return;
    }
    requests.add(request);
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    }
    notifyAll();
  }

  /** The next outcome, null when there is none. */
  @Nullable Outcome poll() {
    return outcomes.poll();
  }

  boolean hasOutcome() {
    return !outcomes.isEmpty();
  }

  /** What is being called, when it takes longer than this. */
  synchronized Optional<String> slowCall(Duration than) {
    Request request = running;
    long nanos = nanoClock.getAsLong() - runningSinceNanos;
    return request == null || nanos < than.toNanos()
        ? Optional.empty()
        : Optional.of(
            "the batch system has not answered "
                + request.kind.name().toLowerCase(Locale.ROOT)
                + " for "
                + nanos / 1_000_000_000L
                + " s");
  }

  /** Begins no other call; from now on a job that is submitted is cancelled at once. */
  synchronized void stop() {
    stopped = true;
    requests.clear();
    if (running != null && running.kind == Kind.STATUS) {
      thread.interrupt();
    }
  }

  /** Cancels these jobs last of all; false when that was not done in time. */
  boolean finish(List<String> ids, Duration atMost) throws InterruptedException {
    synchronized (this) {
      finished = true;
      if (thread.getState() == Thread.State.NEW) {
        return true;
      }
      if (!ids.isEmpty()) {
        requests.add(new Request(Kind.CANCEL, ids));
      }
      notifyAll();
    }
    return thread.join(atMost);
  }

  private void run() {
    for (Request request = next(); request != null; request = next()) {
      Outcome outcome = null;
      try {
        outcome = answer(request);
      } catch (RuntimeException | Error e) {
        outcome = failure(request, e.getMessage() == null ? e.toString() : e.getMessage());
      }
      done(outcome);
      wakeup.run();
    }
  }

  private @Nullable Outcome answer(Request request) {
    return switch (request.kind) {
      case SUBMIT -> submitted(request.names.getFirst());
      case STATUS -> new Outcome.Statuses(jobs.status(request.names));
      case CANCEL -> {
        jobs.cancel(request.names);
        yield null;
      }
    };
  }

  private @Nullable Outcome submitted(String block) {
    String job = jobs.submit(block);
    synchronized (this) {
      if (!stopped) {
        outcomes.add(new Outcome.Submitted(block, job));
        return null;
      }
    }
    try {
      jobs.cancel(List.of(job));
      return null;
    } catch (RuntimeException e) {
      return new Outcome.Failed("cancel of job " + job, e.toString());
    }
  }

  private static Outcome failure(Request request, String why) {
    return switch (request.kind) {
      case SUBMIT -> new Outcome.SubmitFailed(request.names.getFirst(), why);
      case STATUS -> new Outcome.Failed("status of jobs", why);
      case CANCEL -> new Outcome.Failed("cancel of job " + String.join(" ", request.names), why);
    };
  }

  private synchronized @Nullable Request next() {
    while (requests.isEmpty()) {
      if (finished) {
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody interrupts a desk that waits; if somebody did, it waits on.
      }
    }
    running = requests.remove();
    runningSinceNanos = nanoClock.getAsLong();
    return running;
  }

  private synchronized void done(@Nullable Outcome outcome) {
    if (running != null && running.kind == Kind.STATUS) {
      statusAsked = false;
      // An interrupt was for that query; the next call shall not hear it.
      var _ = Thread.interrupted();
    }
    running = null;
    if (outcome != null) {
      outcomes.add(outcome);
    }
  }
}
