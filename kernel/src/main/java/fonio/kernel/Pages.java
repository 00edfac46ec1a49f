package fonio.kernel;

import java.lang.foreign.Arena;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Off-heap memory in numbered pages of one size; a few free ones are kept for the next need, the
 * others are given back.
 */
final class Pages implements AutoCloseable {

  private static final int LINE_BYTES = 64;

  private final int pageBytes;
  private final int kept;
  private @Nullable Arena[] arenas = new Arena[16];
  private long[] addresses = new long[16];
  private int slots;
  private final int[] free;
  private int freeCount;
  private int[] bare = new int[16];
  private int bareCount;

  Pages(int pageBytes, int kept) {
    this.pageBytes = pageBytes;
    this.kept = kept;
    this.free = new int[kept];
  }

  /** The number of a page whose content is undefined. */
  int acquire() {
    return freeCount > 0 ? free[--freeCount] : allocate();
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by giveBack
  private int allocate() {
    Arena arena = Arena.ofShared();
    long address = arena.allocate(pageBytes, LINE_BYTES).address();
    int slot = bareCount > 0 ? bare[--bareCount] : newSlot();
    arenas[slot] = arena;
    addresses[slot] = address;
    return slot;
  }

  private int newSlot() {
    if (slots == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * slots);
      arenas = Arrays.copyOf(arenas, 2 * slots);
    }
    return slots++;
  }

  void release(int slot) {
    if (freeCount < kept) {
      free[freeCount++] = slot;
    } else {
      giveBack(slot);
      if (bareCount == bare.length) {
        bare = Arrays.copyOf(bare, 2 * bareCount);
      }
      bare[bareCount++] = slot;
    }
  }

  /** Gives back the pages from this number on; for an owner that releases in no other way. */
  void trim(int count) {
    for (int slot = count; slot < slots; slot++) {
      giveBack(slot);
    }
    slots = count;
  }

  private void giveBack(int slot) {
    Arena arena = arenas[slot];
    if (arena != null) {
      arena.close();
      arenas[slot] = null;
      addresses[slot] = 0;
    }
  }

  long address(int slot) {
    return addresses[slot];
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
    trim(0);
    freeCount = 0;
    bareCount = 0;
  }
}
