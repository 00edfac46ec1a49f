package fonio.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The record of kind 0 between two groups: u32 salt, u32 its own offset, u64 the next position.
 *
 * <p>It is written when all that stands before it is on disk. So what does not fit before a mark is
 * damage, and what does not fit behind the last one may be a group that a crash cut short.
 */
final class Mark {
  static final int KIND = 0;
  static final int PAYLOAD_BYTES = 16;
  static final int BYTES = Layout.RECORD_BYTES + PAYLOAD_BYTES;

  private static final int SALT = Layout.RECORD_BYTES;
  private static final int OFFSET = SALT + 4;
  private static final int NEXT = SALT + 8;

  private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();

  /** The bytes of a mark, valid until the next one. */
  ByteBuffer bytes(int salt, int offset, long next) {
    bytes.clear();
    bytes.putInt(Layout.LENGTH, PAYLOAD_BYTES).put(Layout.KIND, (byte) KIND);
    bytes.putInt(SALT, salt).putInt(OFFSET, offset).putLong(NEXT, next);
    bytes.putInt(Layout.CHECKSUM, Layout.checksum(crc, bytes, 0, PAYLOAD_BYTES));
    return bytes.clear();
  }

  /** Whether what stands there looks like the mark of this place; its checksum is not looked at. */
  static boolean isLikely(ByteBuffer bytes, int at, int salt, int offset) {
    return bytes.getInt(at + Layout.LENGTH) == PAYLOAD_BYTES
        && bytes.get(at + Layout.KIND) == KIND
        && bytes.getInt(at + SALT) == salt
        && bytes.getInt(at + OFFSET) == offset;
  }

  static long next(ByteBuffer bytes, int at) {
    return bytes.getLong(at + NEXT);
  }
}
