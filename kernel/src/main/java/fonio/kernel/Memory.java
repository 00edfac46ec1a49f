package fonio.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * Numbers at addresses of off-heap memory, unchecked: two thirds of the time of checked segments
 * for a task's whole way through the kernel (16 against 25 ns). An address is only ever made of a
 * page's address and an offset within it.
 */
final class Memory {

  private static final MemorySegment ALL = all();

  private Memory() {}

  @SuppressWarnings("restricted")
  private static MemorySegment all() {
    return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
  }

  static int getInt(long address) {
    return ALL.get(JAVA_INT, address);
  }

  static void putInt(long address, int value) {
    ALL.set(JAVA_INT, address, value);
  }

  static long getLong(long address) {
    return ALL.get(JAVA_LONG, address);
  }

  static void putLong(long address, long value) {
    ALL.set(JAVA_LONG, address, value);
  }
}
