package fonio.kernel;

import java.util.Arrays;

/**
 * Which page of consecutive tasks lies in which slot of the memory: opened in their order, given
 * back with its last row.
 */
final class PageTable {

  static final int SHIFT = 12;
  static final int PAGE_ROWS = 1 << SHIFT;

  private static final int MAX_SLOTS = Integer.MAX_VALUE >>> SHIFT;

  private final Pages pages;
  private final PageIndex index = new PageIndex();
  private long[] firstTasks = new long[16];
  private int[] living = new int[16];
  private long recentPage = -1;
  private int recentSlot;

  PageTable(Pages pages) {
    this.pages = pages;
  }

  /** The slot of a page; {@link PageIndex#NONE} if it is not open. */
  int slot(long page) {
    return page == recentPage ? recentSlot : find(page);
  }

  private int find(long page) {
    int slot = index.slot(page);
    if (slot != PageIndex.NONE) {
      recentPage = page;
      recentSlot = slot;
    }
    return slot;
  }

  /** The number of the task in the first row of a slot; no task is 0. */
  long firstTask(int slot) {
    return firstTasks[slot];
  }

  /** A slot for the next page; its rows count as living, also those that are not filled yet. */
  int open(long page) {
    int slot = pages.acquire();
    if (slot >= MAX_SLOTS) {
      pages.release(slot);
      throw new IllegalStateException(
          (long) MAX_SLOTS * PAGE_ROWS
              + " tasks are not released; release ended ones, submit fewer at once");
    }
    if (slot >= living.length) {
      firstTasks = Arrays.copyOf(firstTasks, 2 * firstTasks.length);
      living = Arrays.copyOf(living, 2 * living.length);
    }
    firstTasks[slot] = page << SHIFT;
    living[slot] = page == 0 ? PAGE_ROWS - 1 : PAGE_ROWS;
    index.put(page, slot);
    recentPage = page;
    recentSlot = slot;
    return slot;
  }

  /** One row of a slot has died; the last one takes the page with it. */
  void vacate(int slot) {
    if (--living[slot] == 0) {
      long page = firstTasks[slot] >>> SHIFT;
      index.remove(page);
      if (page == recentPage) {
        recentPage = -1;
      }
      pages.release(slot);
    }
  }

  /** How many pages are open. */
  int size() {
    return index.size();
  }
}
