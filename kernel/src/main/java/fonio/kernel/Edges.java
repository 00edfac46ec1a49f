package fonio.kernel;

/**
 * The edges from tasks to their dependants: 8 bytes each, off-heap, in a ring a task that is named
 * by its last edge.
 */
final class Edges implements AutoCloseable {

  /*
   * 0 child (row)   4 next edge: of the ring, or of the list of free ones.
   * Edges are freed a ring at a time. When no edge is in use the list is forgotten, and memory above KEPT_PAGES is given back.
   */

  static final int NONE = -1;
  static final int EDGE_BYTES = 8;
  static final int PAGE_EDGES = 8192;
  static final int KEPT_PAGES = 16;

  private static final int SHIFT = 13;
  private static final int NEXT = 4;

  private final Pages pages = new Pages(PAGE_EDGES * EDGE_BYTES, 0);
  private int free = NONE;
  private int fresh;
  private int used;

  /**
   * The ring that ends with {@code last} (NONE: an empty one), extended by an edge: its new last
   * edge.
   */
  int append(int last, int child) {
    int edge = take();
    Memory.putInt(address(edge), child);
    if (last == NONE) {
      next(edge, edge);
    } else {
      next(edge, next(last));
      next(last, edge);
    }
    return edge;
  }

  private int take() {
    int edge = free;
    if (edge != NONE) {
      free = next(edge);
    } else {
      edge = fresh;
      if (edge >>> SHIFT == pages.allocated()) {
        if (edge < 0) {
          throw new IllegalStateException(
              "2,147,483,648 dependencies are open; submit fewer tasks with dependencies at once");
        }
        pages.acquire();
      }
      fresh++;
    }
    used++;
    return edge;
  }

  int child(int edge) {
    return Memory.getInt(address(edge));
  }

  int next(int edge) {
    return Memory.getInt(address(edge) + NEXT);
  }

  private void next(int edge, int next) {
    Memory.putInt(address(edge) + NEXT, next);
  }

  /** Frees a ring of so many edges. */
  void free(int last, int count) {
    used -= count;
    if (used == 0) {
      free = NONE;
      fresh = 0;
      if (pages.allocated() > KEPT_PAGES) {
        pages.trim(KEPT_PAGES);
      }
    } else {
      int first = next(last);
      next(last, free);
      free = first;
    }
  }

  long bytesInUse() {
    return (long) used * EDGE_BYTES;
  }

  long bytes() {
    return pages.bytes();
  }

  private long address(int edge) {
    return pages.address(edge >>> SHIFT) + (long) (edge & (PAGE_EDGES - 1)) * EDGE_BYTES;
  }

  @Override
  public void close() {
    pages.close();
  }
}
