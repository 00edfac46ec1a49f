package fonio.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that writes a journal, group after group. */
final class Scribe {
  /*
   * Concurrency: the writer belongs to the thread; what others want stands in volatile fields. Who appends stores the record, then looks
   * at `sleeps`; the thread stores `sleeps`, then looks for records: one of the two sees the other (both are volatile), and under load
   * nobody is woken.
   */
  private static final Duration LAST_WAIT = Duration.ofMillis(200);

  private final Path folder;
  private final JournalConfig config;
  private final Staging staging;
  private final GroupWriter writer;
  private final Runnable wakeup;
  private final Thread thread;
  private final Pace pace;
  private volatile long durable;
  private volatile @Nullable String failure;
  private volatile boolean sleeps;
  private volatile boolean retries;
  private volatile boolean stops;
  private volatile boolean gaveUp;
  private volatile long wantedFirst;
  private long keptFirst;

  Scribe(Path folder, JournalConfig config, Staging staging, GroupWriter writer, Runnable wakeup) {
    this.folder = folder;
    this.config = config;
    this.staging = staging;
    this.writer = writer;
    this.wakeup = wakeup;
    durable = writer.position();
    pace = new Pace(config.maxDelay().toNanos(), config.retryAfter().toNanos(), System.nanoTime());
    thread = Thread.ofPlatform().daemon().name("fonio-journal").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  long durable() {
    return durable;
  }

  Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  /** There is something to write. */
  void wake() {
    if (sleeps) {
      sleeps = false;
      LockSupport.unpark(thread);
    }
  }

  void retry() {
    retries = true;
    LockSupport.unpark(thread);
  }

  void truncateBefore(long position) {
    wantedFirst = position;
    LockSupport.unpark(thread);
  }

  /** Ends the thread when all is written or the time is over; whether it has ended. */
  boolean stop(Duration atMost) {
    stops = true;
    LockSupport.unpark(thread);
    try {
      if (!thread.join(atMost)) {
        gaveUp = true;
        LockSupport.unpark(thread);
        return thread.join(LAST_WAIT);
      }
      return true;
    } catch (InterruptedException e) {
      gaveUp = true;
      LockSupport.unpark(thread);
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void run() {
    while (!gaveUp && !(stops && staging.isEmpty())) {
      await();
      attempt(this::turn);
    }
    if (staging.isEmpty()) {
      attempt(writer::seal);
    }
    writer.close();
  }

  /** What may fail because of the disk. */
  private interface Work {
    void run() throws IOException;
  }

  private void attempt(Work work) {
    try {
      work.run();
    } catch (IOException | RuntimeException | Error e) {
      writer.close();
      pace.failed(System.nanoTime());
      failure = text(e);
      tell();
    }
  }

  private void tell() {
    try {
      wakeup.run();
    } catch (RuntimeException e) {
      // An owner that cannot be woken looks by itself, sooner or later; the journal goes on.
    }
  }

  /** Waits until a group may begin, or somebody wants something else. */
  private void await() {
    while (!hasWish()) {
      long waitNanos = pace.waitNanos(System.nanoTime());
      if (waitNanos > 0) {
        LockSupport.parkNanos(this, waitNanos);
      } else if (staging.isEmpty()) {
        sleeps = true;
        if (staging.isEmpty() && !hasWish()) {
          LockSupport.park(this);
        }
        sleeps = false;
      } else {
        return;
      }
    }
  }

  private boolean hasWish() {
    return gaveUp || retries || keptFirst != wantedFirst || (stops && failure == null);
  }

  private void turn() throws IOException {
    if (retries) {
      retries = false;
      pace.hurry(System.nanoTime());
    }
    long first = wantedFirst;
    if (first != keptFirst) {
      keptFirst = first;
      writer.truncateBefore(first);
      pace.hurry(System.nanoTime());
    }
    if (staging.isEmpty()) {
      return;
    }
    pace.began(System.nanoTime());
    writer.write(staging);
    pace.succeeded();
    boolean mended = failure != null;
    failure = null;
    if (durable != writer.position() || mended) {
      durable = writer.position();
      tell();
    }
  }

  private String text(Throwable e) {
    return "The journal in "
        + folder
        + " cannot be written: "
        + e
        + ". Nothing is lost yet, and nothing new is durable: make room on its disk, or mend it;"
        + " it is tried again at the latest every "
        + config.retryAfter().multipliedBy(32).toSeconds()
        + " s";
  }
}
