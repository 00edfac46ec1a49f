package fonio.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Where the fields of a record stand: u32 length, u32 CRC-32C, u8 kind, payload. */
final class Layout {
  static final int LENGTH = 0;
  static final int CHECKSUM = 4;
  static final int KIND = 8;
  static final int RECORD_BYTES = 9;

  private Layout() {}

  /** The checksum of the kind and payload of a record; the view's position and limit are lost. */
  static int checksum(CRC32C crc, ByteBuffer view, int at, int length) {
    crc.reset();
    crc.update(view.limit(at + RECORD_BYTES + length).position(at + KIND));
    return (int) crc.getValue();
  }
}
