package fonio.memo;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
  /*
   * Concurrency: `jobs` goes to the database thread, `answers` comes back; everything else belongs to that thread. Jobs are taken
   * in batches, and a batch is one transaction, so that a thousand results cost one commit. What is kept is found from then on, also
   * before it is durable.
   */
  private static final int MOST_IN_BATCH = 4096;

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

  @SuppressWarnings("ArrayRecordComponent")
  private record Answer(long ticket, Optional<byte[]> payload) {}

  private sealed interface Job {}

  @SuppressWarnings("ArrayRecordComponent")
  private record LookUp(long ticket, byte[] key) implements Job {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Keep(byte[] key, String function, byte[] payload, boolean anew) implements Job {}

  private record Begin(RunRecord run) implements Job {}

  private record Finish(RunRecord run) implements Job {}

  private record Failure(FailedTask task) implements Job {}

  private record Commit(Consumer<String> told) implements Job {}

  private record Committed(Consumer<String> told, String problem) {}

  private record Stop() implements Job {}

  private final Path file;
  private final Commits commits;
  private final Runnable wakeup;
  private final Consumer<String> complaint;
  private final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Committed> committed = new ConcurrentLinkedQueue<>();
  private final Map<ByteBuffer, Keep> uncommitted = new LinkedHashMap<>();
  private @Nullable Thread thread;
  private @Nullable Database database;
  private boolean unusable;
  private String problem = "";
  private long lastCommitNanos = System.nanoTime();

  /**
   * Opens nothing yet; the first job does.
   *
   * @param file the database
   * @param commits when results become durable
   * @param wakeup called when an answer is there
   * @param complaint told once, when the database cannot be used
   */
  public Store(Path file, Commits commits, Runnable wakeup, Consumer<String> complaint) {
    this.file = file;
    this.commits = commits;
    this.wakeup = wakeup;
    this.complaint = complaint;
  }

  /** Asks for the result of a key; the answer comes by {@link #poll}. */
  public void lookUp(long ticket, byte[] key) {
    add(new LookUp(ticket, key));
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
    add(new Keep(key, function, payload, anew));
  }

  /** Notes that a run has begun. */
  public void begin(RunRecord run) {
    add(new Begin(run));
  }

  /** Notes how a run has ended. */
  public void finish(RunRecord run) {
    add(new Finish(run));
  }

  /** Notes a task that has failed. */
  public void failed(FailedTask task) {
    add(new Failure(task));
  }

  /**
   * Makes durable what is kept so far.
   *
   * @param told hears by {@link #tellCommits} when that is done: "", or why it is not durable
   */
  public void commit(Consumer<String> told) {
    add(new Commit(told));
  }

  /** Tells those who asked for commits that are done; how many. */
  public int tellCommits() {
    int count = 0;
    for (Committed done = committed.poll(); done != null; done = committed.poll()) {
      done.told().accept(done.problem());
      count++;
    }
    return count;
  }

  /** Passes on the answers that have come; how many. */
  public int poll(Answers to) {
    int count = 0;
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      to.answer(answer.ticket(), answer.payload());
      count++;
    }
    return count;
  }

  private void add(Job job) {
    jobs.add(job);
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("fonio-store").start(this::run);
    }
  }

  private void run() {
    List<Job> batch = new ArrayList<>();
    boolean going = true;
    while (going) {
      try {
        Job first = jobs.poll(commits.pollMillis(!uncommitted.isEmpty()), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          jobs.drainTo(batch, MOST_IN_BATCH);
        }
        going = work(batch);
        batch.clear();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean work(List<Job> batch) {
    boolean going = true;
    boolean durable = false;
    boolean looked = false;
    List<Job> history = new ArrayList<>();
    List<Consumer<String>> waiting = new ArrayList<>();
    for (Job job : batch) {
      switch (job) {
        case LookUp(long ticket, byte[] key) -> {
          answers.add(new Answer(ticket, Optional.ofNullable(find(key))));
          looked = true;
        }
        case Keep keep -> {
          if (!unusable) {
            hold(ByteBuffer.wrap(keep.key()), keep);
          }
        }
        case Begin begin -> history.add(begin);
        case Finish finish -> history.add(finish);
        case Failure failure -> history.add(failure);
        case Commit(Consumer<String> told) -> {
          durable = true;
          waiting.add(told);
        }
        case Stop stop -> {
          going = false;
          durable = commits.mode() != Commits.Mode.MANUAL;
        }
      }
    }
    if (looked) {
      wakeup.run();
    }
    if (!uncommitted.isEmpty()
        && (durable || commits.areDue(System.nanoTime() - lastCommitNanos))) {
      transaction(db ->
          uncommitted.values().forEach(k -> db.keep(k.key(), k.function(), k.payload(), k.anew())));
      uncommitted.clear();
      lastCommitNanos = System.nanoTime();
    }
    if (!history.isEmpty()) {
      transaction(db -> history.forEach(job -> note(db, job)));
    }
    if (!waiting.isEmpty()) {
      waiting.forEach(told -> committed.add(new Committed(told, problem)));
      wakeup.run();
    }
    return going;
  }

  private void hold(ByteBuffer key, Keep result) {
    if (result.anew()) {
      uncommitted.put(key, result);
    } else {
      uncommitted.putIfAbsent(key, result);
    }
  }

  private static void note(Database db, Job job) {
    switch (job) {
      case Begin(RunRecord run) -> db.begin(run);
      case Finish(RunRecord run) -> db.finish(run);
      case Failure(FailedTask task) -> db.failed(task);
      case LookUp _, Keep _, Commit _, Stop _ ->
          throw new IllegalStateException("no history: " + job);
    }
  }

  private byte @Nullable [] find(byte[] key) {
    Keep fresh = uncommitted.get(ByteBuffer.wrap(key));
    if (fresh != null) {
      return fresh.payload();
    }
    Database db = database();
    try {
      return db == null ? null : db.find(key);
    } catch (RuntimeException | LinkageError e) {
      giveUp(e);
      return null;
    }
  }

  private void transaction(Consumer<Database> work) {
    Database db = database();
    try {
      if (db != null) {
        db.transaction(() -> work.accept(db));
      }
    } catch (RuntimeException | LinkageError e) {
      giveUp(e);
    }
  }

  private @Nullable Database database() {
    if (database == null && !unusable) {
      try {
        database = Database.open(file);
      } catch (RuntimeException | LinkageError e) {
        giveUp(e);
      }
    }
    return unusable ? null : database;
  }

  private void giveUp(Throwable e) {
    unusable = true;
    uncommitted.clear();
    problem =
        "the run goes on without "
            + file
            + ": "
            + e.getMessage()
            + "; move the file away to begin a new one";
    complaint.accept(problem);
  }

  /** Finishes what was handed over, as far as it must become durable, within the time. */
  public void close(java.time.Duration atMost) {
    Thread running = thread;
    if (running == null) {
      return;
    }
    jobs.add(new Stop());
    try {
      running.join(atMost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Database db = database;
    if (!running.isAlive() && db != null) {
      db.close();
    }
  }

  @Override
  public void close() {
    close(java.time.Duration.ofSeconds(5));
  }
}
