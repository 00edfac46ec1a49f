package fonio.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** What the writer of a journal does to a disk. */
interface Disk {
  /** A segment that is open for writing. */
  interface Segment extends Closeable {
    /** Writes all bytes of the buffer at an offset. */
    void write(ByteBuffer bytes, long offset) throws IOException;

    /** Returns when what was written is on disk. */
    void force() throws IOException;

    void truncate(long size) throws IOException;
  }

  /** Opens an empty file; one that is there loses its content. */
  Segment create(Path file) throws IOException;

  Segment open(Path file) throws IOException;

  void delete(Path file) throws IOException;

  /** Returns when the names in a folder are on disk. */
  void forceFolder(Path folder) throws IOException;
}
