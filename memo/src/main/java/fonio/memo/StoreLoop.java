package fonio.memo;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store's thread: takes jobs in batches, does them with the database, and hands back answers.
 */
final class StoreLoop implements Runnable {
  /*
   * Concurrency: the three queues are shared; everything else belongs to the thread, and after its end to the closer.
   *
   * A batch is one transaction, so that a thousand results cost one commit. What is kept is found from then on, also before it
   * is durable.
   */
  private static final int MOST_IN_BATCH = 4096;

  /** What a lookup has found. */
  record Answer(long ticket, Optional<byte[]> payload) {}

  /** A commit that is done: no problem is "". */
  record Committed(Consumer<String> told, String problem) {}

  final BlockingQueue<Job> jobs = new LinkedBlockingQueue<>();
  final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  final Queue<Committed> committed = new ConcurrentLinkedQueue<>();
  private final Path file;
  private final Commits commits;
  private final Runnable wakeup;
  private final Consumer<String> complaint;
  private final Map<ByteBuffer, Job.Keep> uncommitted = new LinkedHashMap<>();
  private @Nullable Database database;
  private boolean unusable;
  private String problem = "";
  private long lastCommitNanos = System.nanoTime();

  StoreLoop(Path file, Commits commits, Runnable wakeup, Consumer<String> complaint) {
    this.file = file;
    this.commits = commits;
    this.wakeup = wakeup;
    this.complaint = complaint;
  }

  @Override
  public void run() {
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
    List<Job.Note> history = new ArrayList<>();
    List<Consumer<String>> waiting = new ArrayList<>();
    for (Job job : batch) {
      switch (job) {
        case Job.LookUp(long ticket, byte[] key) -> {
          answers.add(new Answer(ticket, Optional.ofNullable(find(key))));
          looked = true;
        }
        case Job.Keep keep -> {
          if (!unusable) {
            hold(ByteBuffer.wrap(keep.key()), keep);
          }
        }
        case Job.Note note -> history.add(note);
        case Job.Commit(Consumer<String> told) -> {
          durable = true;
          waiting.add(told);
        }
        case Job.Stop _ -> {
          going = false;
          durable = commits.mode() != Commits.Mode.MANUAL;
        }
      }
    }
    if (looked) {
      wakeup.run();
    }
    if (durable || commits.areDue(System.nanoTime() - lastCommitNanos)) {
      commit();
    }
    if (!history.isEmpty()) {
      transaction(db -> history.forEach(it -> note(db, it)));
    }
    if (!waiting.isEmpty()) {
      waiting.forEach(told -> committed.add(new Committed(told, problem)));
      wakeup.run();
    }
    return going;
  }

  private void commit() {
    if (!uncommitted.isEmpty()) {
      transaction(db ->
          uncommitted.values().forEach(k -> db.keep(k.key(), k.function(), k.payload(), k.anew())));
      uncommitted.clear();
      lastCommitNanos = System.nanoTime();
    }
  }

  private void hold(ByteBuffer key, Job.Keep result) {
    if (result.anew()) {
      uncommitted.put(key, result);
    } else {
      uncommitted.putIfAbsent(key, result);
    }
  }

  private static void note(Database db, Job.Note note) {
    switch (note) {
      case Job.Run(RunRecord run) -> db.run(run);
      case Job.Failure(FailedTask task) -> db.failed(task);
    }
  }

  private byte @Nullable [] find(byte[] key) {
    Job.Keep fresh = uncommitted.get(ByteBuffer.wrap(key));
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

  /** Lets go of the file; only after the end of the thread. */
  void close() {
    Database db = database;
    if (db != null) {
      db.close();
    }
  }
}
