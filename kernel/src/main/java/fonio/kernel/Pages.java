package fonio.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Off-heap memory in numbered pages of one size; a few free ones are kept for the next need, the
 * others are given back.
 */
final class Pages implements AutoCloseable {

  private static final int LINE_BYTES = 64;

  private final int pageBytes;
  private final int kept;
  private MemorySegment[] segments = new MemorySegment[16];
  private Arena[] arenas = new Arena[16];
  private int slots;
  private int[] free = new int[16];
  private int freeCount;
  private int[] bare = new int[16];
  private int bareCount;

  Pages(int pageBytes, int kept) {
    this.pageBytes = pageBytes;
    this.kept = kept;
  }

  /** The number of a page whose content is undefined. */
  @SuppressWarnings("MustBeClosedChecker") // closed by release, trim and close
  int acquire() {
    if (freeCount > 0) {
      return free[--freeCount];
    }
    Arena arena = Arena.ofShared();
    MemorySegment segment = arena.allocate(pageBytes, LINE_BYTES);
    int slot = bareCount > 0 ? bare[--bareCount] : newSlot();
    arenas[slot] = arena;
    segments[slot] = segment;
    return slot;
  }

  private int newSlot() {
    if (slots == segments.length) {
      segments = Arrays.copyOf(segments, 2 * slots);
      arenas = Arrays.copyOf(arenas, 2 * slots);
    }
    return slots++;
  }

  void release(int slot) {
    if (freeCount < kept) {
      free = pushed(free, freeCount++, slot);
    } else {
      arenas[slot].close();
      segments[slot] = MemorySegment.NULL;
      bare = pushed(bare, bareCount++, slot);
    }
  }

  private static int[] pushed(int[] stack, int size, int value) {
    int[] roomy = size == stack.length ? Arrays.copyOf(stack, 2 * size) : stack;
    roomy[size] = value;
    return roomy;
  }

  /**
   * Gives back the pages from this number on; for an owner that acquires in ascending order and
   * releases in no other way.
   */
  void trim(int count) {
    for (int slot = count; slot < slots; slot++) {
      arenas[slot].close();
      segments[slot] = MemorySegment.NULL;
    }
    slots = count;
  }

  MemorySegment page(int slot) {
    return segments[slot];
  }

  /** How many pages hold memory, in use or kept. */
  int allocated() {
    return slots - bareCount;
  }

  long bytes() {
    return (long) allocated() * pageBytes;
  }

  @Override
  public void close() {
    for (int slot = 0; slot < slots; slot++) {
      if (segments[slot].byteSize() > 0) {
        arenas[slot].close();
        segments[slot] = MemorySegment.NULL;
      }
    }
    freeCount = 0;
    bareCount = 0;
    slots = 0;
  }
}
