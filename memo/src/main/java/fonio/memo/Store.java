package fonio.memo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Results by key and the history of runs in one SQLite file, behind a thread of its own.
 *
 * <p>Callers never wait for the database: they hand over jobs and {@link #poll} the answers. A
 * database that cannot be used is reported once, and from then on nothing is found and nothing is
 * kept.
 */
public final class Store implements AutoCloseable {
  // Concurrency: one thread at a time; it shares with the database's thread only the queues of the
  // loop.

  /** Takes the answers of lookups. */
  @FunctionalInterface
  public interface Answers {
    /**
     * The answer for a ticket.
     *
     * @param payload the stored result, if there is one
     */
    void answer(long ticket, Optional<byte[]> payload);
  }

  private final StoreLoop loop;
  private @Nullable Thread thread;

  /**
   * Opens nothing yet; the first job does.
   *
   * @param file the database
   * @param commits when results become durable
   * @param wakeup called when an answer is there
   * @param complaint told once, when the database cannot be used
   */
  public Store(Path file, Commits commits, Runnable wakeup, Consumer<String> complaint) {
    this.loop = new StoreLoop(file, commits, wakeup, complaint);
  }

  /** Asks for the result of a key; the answer comes by {@link #poll}. */
  public void lookUp(long ticket, byte[] key) {
    add(new Job.LookUp(ticket, key));
  }

  /** Keeps a result; the first one of a key stays. */
  public void keep(byte[] key, String function, byte[] payload) {
    keep(key, function, payload, false);
  }

  /**
   * Keeps a result.
   *
   * @param anew whether it takes the place of one that is stored
   */
  public void keep(byte[] key, String function, byte[] payload, boolean anew) {
    add(new Job.Keep(key, function, payload, anew));
  }

  /** Notes that a run has begun. */
  public void begin(RunRecord run) {
    add(new Job.Run(run));
  }

  /** Notes how a run has ended. */
  public void finish(RunRecord run) {
    add(new Job.Run(run));
  }

  /** Notes a task that has failed. */
  public void failed(FailedTask task) {
    add(new Job.Failure(task));
  }

  /**
   * Makes durable what is kept so far.
   *
   * @param told hears by {@link #tellCommits} when that is done: "", or why it is not durable
   */
  public void commit(Consumer<String> told) {
    add(new Job.Commit(told));
  }

  /** Tells those who asked for commits that are done; how many. */
  public int tellCommits() {
    int count = 0;
    for (StoreLoop.Committed done = loop.committed.poll();
        done != null;
        done = loop.committed.poll()) {
      done.told().accept(done.problem());
      count++;
    }
    return count;
  }

  /** Passes on the answers that have come; how many. */
  public int poll(Answers to) {
    int count = 0;
    for (StoreLoop.Answer answer = loop.answers.poll();
        answer != null;
        answer = loop.answers.poll()) {
      to.answer(answer.ticket(), answer.payload());
      count++;
    }
    return count;
  }

  private void add(Job job) {
    loop.jobs.add(job);
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("fonio-store").start(loop);
    }
  }

  /** Finishes what was handed over, as far as it must become durable, within the time. */
  public void close(Duration atMost) {
    Thread running = thread;
    if (running == null) {
      return;
    }
    loop.jobs.add(new Job.Stop());
    try {
      running.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!running.isAlive()) {
      loop.close();
    }
  }

  @Override
  public void close() {
    close(Duration.ofSeconds(5));
  }
}
