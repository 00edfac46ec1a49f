package fonio.engine;

import fonio.transport.RunFolder;
import fonio.transport.Segments;
import fonio.transport.SpillFolder;
import fonio.transport.Sweep;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The files between a run in this JVM and its worker processes, which it removes at its end.
 *
 * @param segments payloads that are too large for a frame
 * @param workers how the workers that use them are started
 */
record WorkerFiles(RunFolder folder, SpillFolder spill, Segments segments, JavaWorkers workers)
    implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final int FIRST_MAKER = 16;
  private static final int TOKEN_DIGITS = 32;

  /** Makes the folders of a run, and removes those of runs that were killed. */
  static WorkerFiles open() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String hex = HexFormat.of().formatHex(random);
    Sweep.of(SHARED_MEMORY, Instant.now());
    RunFolder folder = RunFolder.create(SHARED_MEMORY, hex.substring(TOKEN_DIGITS));
    SpillFolder spill = SpillFolder.of(folder);
    AtomicInteger makers = new AtomicInteger(FIRST_MAKER);
    return new WorkerFiles(
        folder,
        spill,
        new Segments(folder.path(), spill.path(), makers.getAndIncrement()),
        JavaWorkers.of(
            folder.path(), spill.path(), hex.substring(0, TOKEN_DIGITS), makers::getAndIncrement));
  }

  @Override
  public void close() {
    spill.delete();
    folder.delete();
  }
}
