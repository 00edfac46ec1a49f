package fonio.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Some memory that whole records are put into by one thread and written from by another. */
final class Chunk {
  static final int USUAL_BYTES = 256 * 1024;

  /** For the thread that appends. */
  final ByteBuffer in;

  /** For the thread that writes. */
  final ByteBuffer out;

  /** So many bytes may be written; final once {@link #next} is there. */
  volatile int filled;

  /** The chunk that is filled after this one. */
  volatile @Nullable Chunk next;

  /** The chunk below this one in the stack of free ones. */
  @Nullable Chunk below;

  private Chunk(ByteBuffer bytes) {
    in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    out = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  static Chunk usual() {
    return new Chunk(ByteBuffer.allocateDirect(USUAL_BYTES));
  }

  /** A chunk for one large record, on the heap: it is not used again. */
  static Chunk large(int bytes) {
    return new Chunk(ByteBuffer.allocate(bytes));
  }

  boolean isUsual() {
    return in.capacity() == USUAL_BYTES;
  }
}
