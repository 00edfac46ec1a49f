package fonio.journal;

import java.nio.ByteBuffer;

/**
 * Task ids in a record: u32 count, bit 31 set when they follow each other; then u64 first, or a u64
 * for each.
 */
final class TaskIds {
  private static final int CONSECUTIVE = 1 << 31;

  private TaskIds() {}

  static int bytes(long[] ids) {
    return 4 + 8 * (isConsecutive(ids) ? 1 : ids.length);
  }

  static void put(ByteBuffer to, long[] ids) {
    if (isConsecutive(ids)) {
      to.putInt(ids.length | CONSECUTIVE).putLong(ids[0]);
      return;
    }
    to.putInt(ids.length);
    for (long id : ids) {
      to.putLong(id);
    }
  }

  static long[] get(ByteBuffer from) {
    int head = from.getInt();
    int count = head & ~CONSECUTIVE;
    boolean consecutive = (head & CONSECUTIVE) != 0;
    int needed = consecutive ? 8 : Math.multiplyExact(8, count);
    if (needed > from.remaining()) {
      throw new IllegalArgumentException(
          count + " task ids need " + needed + " bytes, and there are " + from.remaining());
    }
    long first = consecutive ? from.getLong() : 0;
    long[] ids = new long[count];
    for (int i = 0; i < count; i++) {
      ids[i] = consecutive ? first + i : from.getLong();
    }
    return ids;
  }

  private static boolean isConsecutive(long[] ids) {
    for (int i = 1; i < ids.length; i++) {
      if (ids[i] != ids[0] + i) {
        return false;
      }
    }
    return ids.length > 0;
  }
}
