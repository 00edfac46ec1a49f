package fonio.manager;

import fonio.pool.Pool;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.TaskSlicer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/** The tasks that wait in a manager for a worker, in the order in which they came. */
final class Backlog {
  /** The workers that tasks go to. */
  interface Feed {
    /** How many there are. */
    int workers();

    /** The worker that gets the next tasks of a class; -1 when none has room. */
    int choose(int classId);

    /** How many tasks of a class a worker may be sent now. */
    int room(int worker, int classId);

    FrameWriter prepare(int worker, int classId);

    /** Notes the tasks of a frame that was just written to {@link #prepare}'s. */
    void sent(int worker, int classId, long[] tasks, int[] attempts, int count);

    /** Gives idle workers something to do when no task waits. */
    void balance(int ready);
  }

  /** One frame that came. */
  private static final class Page {
    final byte[] bytes;

    /** The indexes of the tasks that were taken out. */
    final BitSet dropped = new BitSet();

    Page(FrameView frame) {
      bytes = Arrays.copyOfRange(frame.array(), frame.start(), frame.end());
    }
  }

  private static final int MOST_IN_FRAME = 256;

  private final Deque<Page> pages = new ArrayDeque<>();
  private final FrameView head = new FrameView();
  private final FrameView other = new FrameView();
  private final TaskSlicer slicer = new TaskSlicer();
  private final long[] tasks = new long[4 * MOST_IN_FRAME];
  private final int[] attempts = new int[tasks.length];
  private int next;
  private int size;

  /** How many tasks wait. */
  int size() {
    return size;
  }

  /** Appends the tasks of a frame, which is copied. */
  void add(FrameView frame) {
    if (frame.count() == 0) {
      return;
    }
    pages.add(new Page(frame));
    size += frame.count();
    if (pages.size() == 1) {
      begin();
    }
  }

  private void begin() {
    next = 0;
    byte[] first = pages.element().bytes;
    head.wrap(first, 0, first.length);
  }

  /** Sends tasks to workers that have room; how many. */
  int dispatch(Feed feed) {
    int sent = 0;
    while (size > 0) {
      skipDropped();
      int classId = head.classId();
      int worker = feed.choose(classId);
      if (worker < 0) {
        break;
      }
      int share = (size + feed.workers() - 1) / feed.workers();
      int most = Math.clamp(Math.min(feed.room(worker, classId), share), 1, MOST_IN_FRAME);
      sent += send(feed, worker, cut(Math.min(head.count(), next + most)));
    }
    feed.balance(size);
    return sent;
  }

  /** Where the frame for a worker ends: before a task that was taken out. */
  private int cut(int before) {
    int to = TaskSlicer.cut(head, before);
    int dropped = pages.element().dropped.nextSetBit(next);
    return dropped < 0 ? to : Math.min(to, dropped);
  }

  private int send(Feed feed, int worker, int to) {
    int count = Math.min(to - next, tasks.length);
    for (int i = 0; i < count; i++) {
      tasks[i] = head.task(next + i);
      attempts[i] = head.attempt(next + i);
    }
    slicer.write(feed.prepare(worker, head.classId()), head, next, next + count);
    feed.sent(worker, head.classId(), tasks, attempts, count);
    next += count;
    size -= count;
    turnPage();
    return count;
  }

  private void turnPage() {
    if (next == head.count()) {
      pages.remove();
      if (!pages.isEmpty()) {
        begin();
      }
    }
  }

  /** Goes on to the next task that waits; there is one. */
  private void skipDropped() {
    while (pages.element().dropped.get(next)) {
      next++;
      turnPage();
    }
  }

  /**
   * Takes a task out, and those that would have got their input from it, youngest first.
   *
   * @return false when it does not wait here
   */
  boolean drop(long task, Pool.TaskConsumer told) {
    int from = next;
    for (Page page : pages) {
      other.wrap(page.bytes, 0, page.bytes.length);
      for (int i = from; i < other.count(); i++) {
        if (other.task(i) == task && !page.dropped.get(i)) {
          dropChain(page, i, told);
          return true;
        }
      }
      from = 0;
    }
    return false;
  }

  private void dropChain(Page page, int from, Pool.TaskConsumer told) {
    for (int i = TaskSlicer.cut(other, from + 1) - 1; i >= from; i--) {
      if (!page.dropped.get(i)) {
        page.dropped.set(i);
        size--;
        told.accept(other.task(i), other.attempt(i));
      }
    }
  }

  /** Tells each task that waits, the oldest first. */
  void forEach(Pool.TaskConsumer consumer) {
    int from = next;
    for (Page page : pages) {
      other.wrap(page.bytes, 0, page.bytes.length);
      for (int i = from; i < other.count(); i++) {
        if (!page.dropped.get(i)) {
          consumer.accept(other.task(i), other.attempt(i));
        }
      }
      from = 0;
    }
  }

  /** Forgets all that waits. */
  void clear() {
    pages.clear();
    next = 0;
    size = 0;
  }
}
