package fonio.kernel;

import java.util.Arrays;

/**
 * Where the page of a task is: a hash table from page numbers, which only rise, to slots. Its size
 * follows the number of pages in use, not the distance between the oldest and the newest, so that
 * one long task among billions of short ones costs one page.
 */
final class PageIndex {

  static final int NONE = -1;
  private static final long EMPTY = -1;

  private long[] pages = new long[16];
  private int[] slots = new int[16];
  private int mask = 15;
  private int size;

  PageIndex() {
    Arrays.fill(pages, EMPTY);
  }

  int slot(long page) {
    for (int i = home(page); ; i = (i + 1) & mask) {
      if (pages[i] == page) {
        return slots[i];
      }
      if (pages[i] == EMPTY) {
        return NONE;
      }
    }
  }

  void put(long page, int slot) {
    if (2 * ++size > pages.length) {
      grow();
    }
    insert(page, slot);
  }

  /** Removes a page that is there; those behind it that it kept from their home move up. */
  void remove(long page) {
    int hole = home(page);
    while (pages[hole] != page) {
      hole = (hole + 1) & mask;
    }
    size--;
    for (int i = (hole + 1) & mask; pages[i] != EMPTY; i = (i + 1) & mask) {
      int displacement = (i - home(pages[i])) & mask;
      if (displacement >= ((i - hole) & mask)) {
        pages[hole] = pages[i];
        slots[hole] = slots[i];
        hole = i;
      }
    }
    pages[hole] = EMPTY;
  }

  int size() {
    return size;
  }

  private int home(long page) {
    return (int) page & mask;
  }

  private void insert(long page, int slot) {
    int i = home(page);
    while (pages[i] != EMPTY) {
      i = (i + 1) & mask;
    }
    pages[i] = page;
    slots[i] = slot;
  }

  private void grow() {
    long[] oldPages = pages;
    int[] oldSlots = slots;
    pages = new long[2 * oldPages.length];
    slots = new int[2 * oldPages.length];
    mask = pages.length - 1;
    Arrays.fill(pages, EMPTY);
    for (int i = 0; i < oldPages.length; i++) {
      if (oldPages[i] != EMPTY) {
        insert(oldPages[i], oldSlots[i]);
      }
    }
  }
}
