package fonio.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An append-only log in a folder: one thread appends, a thread of its own writes and forces.
 *
 * <p>Appending never waits for the disk. What is appended is durable once {@link #durable} has
 * reached its position; a disk that is full or fails holds that up, says so by {@link #failure},
 * and loses nothing that is in memory.
 */
public final class Journal implements RecordSink, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final JournalConfig config;
  private final FolderLock lock;
  private final Staging staging = new Staging();
  private final Scribe scribe;
  private final Optional<TornTail> tornTail;
  private final int mostPayloadBytes;
  private long position;

  private Journal(
      JournalConfig config,
      FolderLock lock,
      Recovery recovery,
      Path folder,
      Disk disk,
      Runnable wakeup) {
    this.config = config;
    this.lock = lock;
    tornTail = recovery.tornTail();
    position = recovery.position();
    mostPayloadBytes = config.mostPayloadBytes();
    GroupWriter writer = new GroupWriter(folder, config, disk, new SplittableRandom(), recovery);
    scribe = new Scribe(folder, config, staging, writer, wakeup);
  }

  /**
   * Opens a folder for writing, behind the last whole record in it.
   *
   * @param folder made when it is not there; locked until {@link #close}
   * @param wakeup called by another thread when {@link #durable} has grown or {@link #failure} has
   *     changed
   * @throws JournalException when the folder is in use, cannot be read, or is damaged
   */
  public static Journal open(Path folder, JournalConfig config, Runnable wakeup) {
    return open(folder, config, wakeup, new SystemDisk());
  }

  static Journal open(Path folder, JournalConfig config, Runnable wakeup, Disk disk) {
    try {
      Files.createDirectories(folder);
      FolderLock lock = FolderLock.take(folder);
      try {
        Recovery recovery = Recovery.of(folder, disk);
        Journal journal = new Journal(config, lock, recovery, folder, disk, wakeup);
        journal.scribe.start();
        return journal;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw JournalReader.unreadable(folder, e);
    }
  }

  /** What was cut when the folder was opened, as a crash had left it unfinished. */
  public Optional<TornTail> tornTail() {
    return tornTail;
  }

  /**
   * Appends a record; it does not wait, and takes it also when the journal is full.
   *
   * @throws IllegalArgumentException for a kind that is not 1 to 255, or too many bytes
   */
  @Override
  public long append(int kind, byte[] bytes, int from, int length) {
    if (kind < 1 || kind > 255) {
      throw new IllegalArgumentException("kind " + kind + " of a record is not 1 to 255");
    }
    if (length > mostPayloadBytes) {
      throw new IllegalArgumentException(
          "A record of "
              + length
              + " bytes is longer than "
              + mostPayloadBytes
              + ", the most in a segment of "
              + config.segmentBytes()
              + "; split it, or configure larger segments");
    }
    staging.put(kind, bytes, from, length);
    scribe.wake();
    return ++position;
  }

  /** The position of the last record that was appended, here or before; 0 when there is none. */
  public long appended() {
    return position;
  }

  /** All records up to this position are on disk. */
  public long durable() {
    return scribe.durable();
  }

  /** Whether so much waits for the disk that the owner had better append nothing new. */
  public boolean isFull() {
    return staging.waitingBytes() >= config.bufferBytes();
  }

  /** Why nothing becomes durable at this time: the folder, the error, and what to do. */
  public Optional<String> failure() {
    return scribe.failure();
  }

  /** Tries again at once what failed, for instance after room was made. */
  public void retry() {
    scribe.retry();
  }

  /** Removes the files whose records all stand before a position; soon, by another thread. */
  public void truncateBefore(long before) {
    scribe.truncateBefore(before);
  }

  /**
   * Writes what is left, within the time, and gives up the folder.
   *
   * @return whether all is durable
   */
  public boolean close(Duration atMost) {
    boolean stopped = scribe.stop(atMost);
    try {
      if (stopped) {
        lock.close();
      }
    } catch (IOException e) {
      // A lock that cannot be closed ends with the process.
    }
    return stopped && scribe.durable() == position;
  }

  @Override
  public void close() {
    close(PATIENCE);
  }
}
