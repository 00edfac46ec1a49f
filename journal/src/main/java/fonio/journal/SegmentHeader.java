package fonio.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The first bytes of a segment: u64 magic, u32 version, u32 number, u64 first, u32 salt, u32
 * CRC-32C of what is before it.
 *
 * @param number the segment's number, as in its name
 * @param first the position of its first record
 * @param salt tells its marks from bytes that only look like one
 */
record SegmentHeader(int number, long first, int salt) {
  static final int BYTES = 32;

  private static final long MAGIC = 0x474F4C4F494E4F46L; // "FONIOLOG"
  private static final int VERSION = 1;
  private static final int CHECKED_BYTES = 28;

  ByteBuffer bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(MAGIC).putInt(VERSION).putInt(number).putLong(first).putInt(salt);
    return bytes.putInt(checksum(bytes)).flip();
  }

  /** The header in these bytes; empty when they are none that was ever written so. */
  static Optional<SegmentHeader> parse(ByteBuffer bytes) {
    boolean sound =
        bytes.getLong(0) == MAGIC
            && bytes.getInt(8) == VERSION
            && bytes.getInt(CHECKED_BYTES) == checksum(bytes);
    return sound
        ? Optional.of(new SegmentHeader(bytes.getInt(12), bytes.getLong(16), bytes.getInt(24)))
        : Optional.empty();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, CHECKED_BYTES));
    return (int) crc.getValue();
  }
}
