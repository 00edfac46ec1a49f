package fonio.engine;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tasks of a run by the kernel's numbers, in pages that go when all their tasks have ended. */
final class LocalTasks {
  private static final int SHIFT = 10;
  private static final int SIZE = 1 << SHIFT;

  private @Nullable Page[] pages = new Page[64];
  private long firstPage;
  private long lastPage = -1;

  private static final class Page {
    final @Nullable LocalTask<?>[] tasks = new LocalTask<?>[SIZE];
    int live;
  }

  /** Puts a task; numbers only rise, and none is left out. */
  void put(long row, LocalTask<?> task) {
    long number = row >>> SHIFT;
    if (lastPage < 0) {
      firstPage = number;
      lastPage = number - 1;
    }
    if (number > lastPage) {
      open(number);
    }
    Page page = at(number);
    page.tasks[(int) row & (SIZE - 1)] = task;
    page.live++;
  }

  private void open(long number) {
    while (firstPage < number && pages[(int) firstPage & (pages.length - 1)] == null) {
      firstPage++;
    }
    if (number - firstPage >= pages.length) {
      @Nullable Page[] grown = new Page[2 * pages.length];
      for (long n = firstPage; n < number; n++) {
        grown[(int) n & (grown.length - 1)] = pages[(int) n & (pages.length - 1)];
      }
      pages = grown;
    }
    pages[(int) number & (pages.length - 1)] = new Page();
    lastPage = number;
  }

  private Page at(long number) {
    Page page = pages[(int) number & (pages.length - 1)];
    if (page == null) {
      throw new IllegalStateException("no task of page " + number + " is unfinished");
    }
    return page;
  }

  LocalTask<?> get(long row) {
    LocalTask<?> task = at(row >>> SHIFT).tasks[(int) row & (SIZE - 1)];
    if (task == null) {
      throw new IllegalStateException("task " + row + " has ended already");
    }
    return task;
  }

  /** Shows the tasks, the one that was put last first; nothing may be put or removed meanwhile. */
  void forEachYoungestFirst(Consumer<LocalTask<?>> action) {
    for (long number = lastPage; number >= firstPage && lastPage >= 0; number--) {
      Page page = pages[(int) number & (pages.length - 1)];
      for (int i = SIZE - 1; page != null && i >= 0; i--) {
        LocalTask<?> task = page.tasks[i];
        if (task != null) {
          action.accept(task);
        }
      }
    }
  }

  void remove(long row) {
    long number = row >>> SHIFT;
    Page page = at(number);
    page.tasks[(int) row & (SIZE - 1)] = null;
    if (--page.live == 0 && number < lastPage) {
      pages[(int) number & (pages.length - 1)] = null;
    }
  }

  /** Forgets all. */
  void clear() {
    Arrays.fill(pages, null);
  }
}
