package fonio.journal;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** A process that appends numbered records and says how many are durable, until it is killed. */
final class JournalVictim {
  private JournalVictim() {}

  public static void main(String[] args) {
    Thread main = Thread.currentThread();
    JournalConfig config =
        JournalConfig.defaults().withBytes(1 << 20, 1 << 20).with(Fsync.valueOf(args[1]));
    Journal journal = Journal.open(Path.of(args[0]), config, () -> LockSupport.unpark(main));
    long told = 0;
    byte[] bytes = new byte[64];
    while (true) {
      if (journal.durable() > told) {
        told = journal.durable();
        System.out.println(told);
      }
      if (journal.isFull()) {
        LockSupport.parkNanos(1_000_000);
      } else {
        ByteBuffer.wrap(bytes).putLong(0, journal.appended() + 1);
        journal.append(1, bytes, 0, bytes.length);
      }
    }
  }
}
