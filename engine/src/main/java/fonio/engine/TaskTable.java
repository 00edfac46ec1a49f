package fonio.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of each task are: its arguments (a {@link Batch}), its result (a {@link
 * ResultBlock}), and how many unfinished tasks still need that result.
 *
 * <p>Beside the kernel's table, by the same ids, in pages that exist only where there is something
 * to remember: a task without arguments, result or dependants costs nothing here. A row is dropped
 * when its result is acknowledged by the client and pinned by nobody.
 */
final class TaskTable {
  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MASK = PAGE - 1;
  private static final byte PRESENT = 1;
  private static final byte ACKNOWLEDGED = 2;
  private static final byte KEPT = 4;

  private static final class Page {
    final int[] batch = new int[PAGE];
    final int[] block = new int[PAGE];
    final int[] offset = new int[PAGE];
    final int[] length = new int[PAGE];
    final int[] pins = new int[PAGE];
    final byte[] status = new byte[PAGE];
    final byte[] flags = new byte[PAGE];
    int used;
  }

  private final Numbered<Batch> batches = new Numbered<>();
  private final Numbered<ResultBlock> blocks = new Numbered<>();
  private @Nullable Page[] pages = new Page[16];

  void submitted(long first, int count, Batch batch) {
    if (!batch.hasContent()) {
      return;
    }
    int slot = add(batch);
    for (long task = first; task < first + count; task++) {
      place(task, slot);
    }
  }

  /** Takes a batch of which not all tasks are to run; its number for {@link #place}. */
  int add(Batch batch) {
    return batches.add(batch);
  }

  /** A task is in a batch. */
  void place(long task, int batch) {
    touch(task).batch[row(task)] = batch;
  }

  /**
   * The batch that holds the task's arguments, or null when it has neither arguments nor parents.
   */
  @Nullable Batch batch(long task) {
    Page page = page(task);
    int slot = page == null ? 0 : page.batch[row(task)];
    return slot == 0 ? null : batches.get(slot);
  }

  /** Forgets the arguments of a task that has ended. */
  void dropArguments(long task) {
    Page page = page(task);
    int slot = page == null ? 0 : page.batch[row(task)];
    if (page == null || slot == 0) {
      return;
    }
    page.batch[row(task)] = 0;
    if (--batches.get(slot).live == 0) {
      batches.remove(slot);
    }
  }

  int addBlock(ResultBlock block) {
    return blocks.add(block);
  }

  /** Drops a block into which no task points after all. */
  void dropIfUnused(int slot) {
    if (blocks.get(slot).live == 0) {
      blocks.remove(slot);
    }
  }

  ResultBlock block(int block) {
    return blocks.get(block);
  }

  /** Remembers where the result of a task lies; an empty one of status 0 needs no row. */
  void setResult(long task, Result result) {
    Page page = touch(task);
    int row = row(task);
    forgetResult(page, row);
    page.status[row] = (byte) result.status;
    page.offset[row] = result.offset;
    page.length[row] = result.lengthColumn;
    if (result.block != 0 && result.lengthColumn != 0) {
      page.block[row] = result.block;
      blocks.get(result.block).live++;
    }
  }

  /** Takes a remembered result back: the task will run again. */
  void dropResult(long task) {
    Page page = page(task);
    if (page != null) {
      forgetResult(page, row(task));
    }
  }

  private void forgetResult(Page page, int row) {
    int block = page.block[row];
    if (block != 0 && --blocks.get(block).live == 0) {
      blocks.remove(block);
    }
    page.block[row] = 0;
    page.offset[row] = 0;
    page.length[row] = 0;
    page.status[row] = 0;
  }

  /** Loads a remembered result. */
  void load(long task, Result into) {
    into.task = task;
    into.status = status(task);
    into.block = 0;
    into.bytes = resultBytes(task);
    into.offset = resultOffset(task);
    into.lengthColumn = resultLengthColumn(task);
  }

  int status(long task) {
    Page page = page(task);
    return page == null ? 0 : page.status[row(task)];
  }

  int resultLengthColumn(long task) {
    Page page = page(task);
    return page == null ? 0 : page.length[row(task)];
  }

  int resultOffset(long task) {
    Page page = page(task);
    return page == null ? 0 : page.offset[row(task)];
  }

  byte[] resultBytes(long task) {
    Page page = page(task);
    int slot = page == null ? 0 : page.block[row(task)];
    return slot == 0 ? Result.NOTHING : blocks.get(slot).bytes;
  }

  void pin(long parent) {
    touch(parent).pins[row(parent)]++;
  }

  /** Takes one pin away; true when the row may now be released. */
  boolean unpin(long parent) {
    Page page = page(parent);
    if (page == null || page.pins[row(parent)] == 0) {
      throw new IllegalStateException("task " + parent + " is not pinned");
    }
    page.pins[row(parent)]--;
    return releasable(page, row(parent));
  }

  /** Keeps an acknowledged result all the same, until {@link #unkeep}. */
  void keep(long task) {
    touch(task).flags[row(task)] |= KEPT;
  }

  boolean unkeep(long task) {
    Page page = page(task);
    if (page == null) {
      return false;
    }
    page.flags[row(task)] &= (byte) ~KEPT;
    return releasable(page, row(task));
  }

  /** The client has the result; true when the row may now be released. */
  boolean acknowledged(long task) {
    Page page = page(task);
    if (page == null || (page.flags[row(task)] & PRESENT) == 0) {
      return true;
    }
    page.flags[row(task)] |= ACKNOWLEDGED;
    return releasable(page, row(task));
  }

  /** Whether the client has the result. */
  boolean isAcknowledged(long task) {
    Page page = page(task);
    return page != null && (page.flags[row(task)] & ACKNOWLEDGED) != 0;
  }

  private static boolean releasable(Page page, int row) {
    return page.pins[row] == 0 && (page.flags[row] & (ACKNOWLEDGED | KEPT)) == ACKNOWLEDGED;
  }

  /** Drops the row and its result. */
  void release(long task) {
    Page page = page(task);
    int row = row(task);
    if (page == null || (page.flags[row] & PRESENT) == 0) {
      return;
    }
    forgetResult(page, row);
    page.flags[row] = 0;
    if (--page.used == 0) {
      pages[(int) (task >>> PAGE_BITS)] = null;
    }
  }

  int batchesHeld() {
    return batches.size();
  }

  int blocksHeld() {
    return blocks.size();
  }

  private Page touch(long task) {
    int number = (int) (task >>> PAGE_BITS);
    if (number >= pages.length) {
      pages = Arrays.copyOf(pages, Math.max(number + 1, pages.length * 2));
    }
    Page page = pages[number];
    if (page == null) {
      page = new Page();
      pages[number] = page;
    }
    int row = row(task);
    if ((page.flags[row] & PRESENT) == 0) {
      page.flags[row] = PRESENT;
      page.used++;
    }
    return page;
  }

  private @Nullable Page page(long task) {
    int number = (int) (task >>> PAGE_BITS);
    return number < pages.length ? pages[number] : null;
  }

  private static int row(long task) {
    return (int) task & MASK;
  }
}
