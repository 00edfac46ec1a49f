package fonio.manager;

import fonio.transport.Segments;
import fonio.wire.FrameView;
import fonio.wire.HeldReference;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The results that stay in segments of this node, for tasks that come later.
 *
 * <p>The interchange says which of them go. What a task that is here needs goes when that task has
 * left.
 */
final class Kept {
  private static final class Item {
    final SegmentReference segment;
    int users;
    boolean released;

    Item(SegmentReference segment) {
      this.segment = segment;
    }
  }

  private final Segments segments;
  private final long mostBytes;
  private final Map<Long, Item> items = new HashMap<>();
  private final Map<Long, List<Item>> byUser = new HashMap<>();
  private long takenBytes;

  /**
   * @param budgetBytes what the interchange was told; as it hears late of what is new, for a while
   *     there is up to twice as much
   */
  Kept(Segments segments, long budgetBytes) {
    this.segments = segments;
    this.mostBytes = 2 * budgetBytes;
  }

  /** Keeps a result; false when there is no room for it. */
  boolean keep(long task, SegmentReference result) {
    if (result.bytes() > mostBytes / 2 || takenBytes + result.bytes() > mostBytes) {
      return false;
    }
    release(task);
    items.put(task, new Item(result));
    takenBytes += result.bytes();
    return true;
  }

  /**
   * Puts references to segments where those of a TASKS frame name results that are kept; its tasks
   * use these from now on.
   *
   * @return the tasks whose results are not here; if there are any, nothing is changed
   */
  Set<Long> resolve(FrameView frame) {
    Set<Long> missing = new LinkedHashSet<>();
    boolean any = false;
    for (int j = 0; j < frame.parentTotal(); j++) {
      if (Length.isSegment(frame.rawParentLength(j))) {
        any = true;
        HeldReference held = at(frame, j);
        Item item = items.get(held.task());
        if (item == null || item.segment.bytes() != held.bytes()) {
          missing.add(held.task());
        }
      }
    }
    if (any && missing.isEmpty()) {
      for (int i = 0; i < frame.count(); i++) {
        use(frame, i);
      }
    }
    return missing;
  }

  private void use(FrameView frame, int i) {
    int first = frame.firstParent(i);
    for (int j = first; j < first + frame.parentCount(i); j++) {
      if (Length.isSegment(frame.rawParentLength(j))) {
        Item item = items.get(at(frame, j).task());
        if (item != null) {
          item.users++;
          byUser.computeIfAbsent(frame.task(i), task -> new ArrayList<>(1)).add(item);
          item.segment.encode(frame.array(), frame.parentPayloadOffset(j));
        }
      }
    }
  }

  private static HeldReference at(FrameView frame, int j) {
    return HeldReference.decode(frame.array(), frame.parentPayloadOffset(j));
  }

  /** A task has left: it uses nothing any more. */
  void left(long task) {
    if (byUser.isEmpty()) {
      return;
    }
    for (Item item : byUser.getOrDefault(task, List.of())) {
      item.users--;
      removeIfUnused(item);
    }
    byUser.remove(task);
  }

  /** The result of a task is not needed by tasks to come. */
  void release(long task) {
    Item item = items.remove(task);
    if (item != null) {
      item.released = true;
      removeIfUnused(item);
    }
  }

  /** No result is needed by tasks to come. */
  void releaseAll() {
    List.copyOf(items.keySet()).forEach(this::release);
  }

  private void removeIfUnused(Item item) {
    if (item.released && item.users == 0) {
      takenBytes -= item.segment.bytes();
      segments.delete(item.segment.segment());
    }
  }

  /** How many bytes lie there, with those that only tasks that are here use. */
  long takenBytes() {
    return takenBytes;
  }
}
