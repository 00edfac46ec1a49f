package fonio.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** Prints how many records of 64 bytes a second become durable, beside a plain file. */
final class JournalSpeed {
  private static final int RECORDS = 5_000_000;
  private static final byte[] RECORD = new byte[64];

  private JournalSpeed() {}

  public static void main(String[] args) throws IOException {
    Path base = Files.createTempDirectory(Path.of(args[0]), "speed");
    for (int round = 0; round < 5; round++) {
      long plain = plain(base.resolve("plain" + round), false);
      long forced = plain(base.resolve("forced" + round), true);
      long never = journal(base.resolve("never" + round), Fsync.NEVER);
      long each = journal(base.resolve("each" + round), Fsync.EACH_GROUP);
      System.out.printf(
          "round %d: plain %,d, plain and one force %,d, NEVER %,d, EACH_GROUP %,d records/s%n",
          round, plain, forced, never, each);
    }
  }

  private static long journal(Path folder, Fsync policy) {
    long begin = System.nanoTime();
    long appendNanos = 0;
    try (Journal journal = Journal.open(folder, JournalConfig.defaults().with(policy), () -> {})) {
      int left = RECORDS;
      while (left > 0) {
        while (journal.isFull()) {
          LockSupport.parkNanos(100_000);
        }
        long at = System.nanoTime();
        int batch = Math.min(left, 1000);
        for (int i = 0; i < batch; i++) {
          journal.append(1, RECORD, 0, RECORD.length);
        }
        appendNanos += System.nanoTime() - at;
        left -= batch;
      }
      while (journal.durable() < RECORDS) {
        LockSupport.parkNanos(100_000);
      }
    }
    long perSecond = perSecond(begin);
    System.out.printf("  %s: %d ns an append%n", policy, appendNanos / RECORDS);
    return perSecond;
  }

  private static long plain(Path file, boolean forces) throws IOException {
    long begin = System.nanoTime();
    ByteBuffer bytes = ByteBuffer.allocateDirect(256 * 1024);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = 0; i < RECORDS; i++) {
        if (bytes.remaining() < Layout.RECORD_BYTES + RECORD.length) {
          channel.write(bytes.flip());
          bytes.clear();
        }
        bytes.putInt(RECORD.length).putInt(0).put((byte) 1).put(RECORD);
      }
      channel.write(bytes.flip());
      if (forces) {
        channel.force(false);
      }
    }
    return perSecond(begin);
  }

  private static long perSecond(long begin) {
    return RECORDS * 1_000_000_000L / (System.nanoTime() - begin);
  }
}
