package fonio.manager;

import fonio.transport.RunFolder;
import fonio.transport.Segments;
import fonio.transport.SpillFolder;
import fonio.transport.Sweep;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Where a manager and its workers leave payloads for each other on this node.
 *
 * @param folder in shared memory
 * @param spill on disk, for what memory has no room for
 * @param token the secret that a worker must know
 */
record NodeFolders(RunFolder folder, SpillFolder spill, String token) implements AutoCloseable {
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");
  private static final int TOKEN_DIGITS = 32;
  private static final int NAME_DIGITS = 16;
  private static final int MAKER = 2;

  /** Makes new ones, and removes those that nobody holds any more. */
  static NodeFolders create() {
    byte[] random = new byte[(TOKEN_DIGITS + NAME_DIGITS) / 2];
    new SecureRandom().nextBytes(random);
    String hex = HexFormat.of().formatHex(random);
    Sweep.of(SHARED_MEMORY, Instant.now());
    RunFolder folder = RunFolder.create(SHARED_MEMORY, hex.substring(TOKEN_DIGITS));
    return new NodeFolders(folder, SpillFolder.of(folder), hex.substring(0, TOKEN_DIGITS));
  }

  /** The segments in them that this process makes. */
  Segments segments() {
    return new Segments(folder.path(), spill.path(), MAKER);
  }

  @Override
  public void close() {
    spill.delete();
    folder.close();
  }
}
