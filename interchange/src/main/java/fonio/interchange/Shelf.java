package fonio.interchange;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results that one manager keeps, that used longest ago first.
 *
 * <p>A manager knows the lower 32 bits of a task's number: of two tasks that have these in common,
 * neither stays.
 */
final class Shelf {
  private record Item(long task, long bytes) {}

  private final Map<Integer, Item> items = new LinkedHashMap<>(16, 0.75f, true);
  private final long mostBytes;
  private long takenBytes;

  /**
   * @param mostBytes what there is room for
   */
  Shelf(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Puts a result there.
   *
   * @return the tasks whose results have to go for it, which may be its own
   */
  List<Long> put(long task, long bytes) {
    List<Long> out = new ArrayList<>();
    Item before = items.put((int) task, new Item(task, bytes));
    takenBytes += bytes;
    if (before != null) {
      takenBytes -= before.bytes;
      if (before.task != task) {
        out.add(before.task);
        remove(task);
      }
    }
    Iterator<Item> oldest = items.values().iterator();
    while (takenBytes > mostBytes) {
      Item item = oldest.next();
      oldest.remove();
      takenBytes -= item.bytes;
      out.add(item.task);
    }
    return out;
  }

  /** How many bytes the result of a task has that is used now; -1 when it is not there. */
  long use(long task) {
    Item item = items.get((int) task);
    return item == null || item.task != task ? -1 : item.bytes;
  }

  /** The task whose result is there under the lower 32 bits of its number; -1 for none. */
  long named(int id) {
    Item item = items.get(id);
    return item == null ? -1 : item.task;
  }

  /** Whether the result of a task is there. */
  boolean has(long task) {
    return named((int) task) == task;
  }

  /** Takes the result of a task away; false when it was not there. */
  boolean remove(long task) {
    if (!has(task)) {
      return false;
    }
    Item item = items.remove((int) task);
    takenBytes -= item == null ? 0 : item.bytes;
    return true;
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  long takenBytes() {
    return takenBytes;
  }

  /** The tasks whose results are there. */
  List<Long> tasks() {
    return items.values().stream().map(Item::task).toList();
  }

  void clear() {
    items.clear();
    takenBytes = 0;
  }
}
