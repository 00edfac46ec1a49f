package fonio.manager;

import fonio.pool.Pool;
import fonio.wire.FrameView;
import fonio.wire.TaskSlicer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The tasks that wait in a manager for a worker, in the order in which they came. */
final class Backlog {
  private static final int MOST_IN_FRAME = 256;

  private final Deque<byte[]> frames = new ArrayDeque<>();
  private final FrameView head = new FrameView();
  private final FrameView other = new FrameView();
  private final TaskSlicer slicer = new TaskSlicer();
  private final Set<Long> dropped = new HashSet<>();
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
    frames.add(Arrays.copyOfRange(frame.array(), frame.start(), frame.end()));
    size += frame.count();
    if (frames.size() == 1) {
      begin();
    }
  }

  private void begin() {
    next = 0;
    byte[] first = frames.element();
    head.wrap(first, 0, first.length);
  }

  /** Sends tasks to workers that have room; how many. */
  int dispatch(Pool pool) {
    int sent = 0;
    while (size > 0) {
      skipDropped();
      if (size == 0) {
        break;
      }
      int classId = head.classId();
      int worker = pool.choose(classId);
      if (worker < 0) {
        break;
      }
      int share = (size + pool.workers() - 1) / pool.workers();
      int most = Math.clamp(Math.min(pool.room(worker, classId), share), 1, MOST_IN_FRAME);
      sent += send(pool, worker, cut(Math.min(head.count(), next + most)));
    }
    pool.balance(size);
    return sent;
  }

  /** Where the frame for a worker ends: before a task that was given back. */
  private int cut(int before) {
    int to = TaskSlicer.cut(head, before);
    if (dropped.isEmpty()) {
      return to;
    }
    int kept = next;
    while (kept < to && !dropped.contains(head.task(kept))) {
      kept++;
    }
    return kept;
  }

  private int send(Pool pool, int worker, int to) {
    int count = Math.min(to - next, tasks.length);
    for (int i = 0; i < count; i++) {
      tasks[i] = head.task(next + i);
      attempts[i] = head.attempt(next + i);
    }
    slicer.write(pool.prepare(worker, head.classId()), head, next, next + count);
    pool.sent(worker, head.classId(), tasks, attempts, 0, count);
    next += count;
    size -= count;
    turnPage();
    return count;
  }

  private void turnPage() {
    if (next == head.count()) {
      frames.remove();
      if (!frames.isEmpty()) {
        begin();
      }
    }
  }

  private void skipDropped() {
    while (!frames.isEmpty() && !dropped.isEmpty() && dropped.remove(head.task(next))) {
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
    boolean first = true;
    for (byte[] bytes : frames) {
      FrameView frame = first ? head : other;
      if (!first) {
        other.wrap(bytes, 0, bytes.length);
      }
      for (int i = first ? next : 0; i < frame.count(); i++) {
        if (frame.task(i) == task && !dropped.contains(task)) {
          dropChain(frame, i, told);
          return true;
        }
      }
      first = false;
    }
    return false;
  }

  private void dropChain(FrameView frame, int from, Pool.TaskConsumer told) {
    for (int i = TaskSlicer.cut(frame, from + 1) - 1; i >= from; i--) {
      if (dropped.add(frame.task(i))) {
        size--;
        told.accept(frame.task(i), frame.attempt(i));
      }
    }
  }

  /** Tells each task that waits, the oldest first. */
  void forEach(Pool.TaskConsumer consumer) {
    boolean first = true;
    for (byte[] bytes : frames) {
      other.wrap(bytes, 0, bytes.length);
      for (int i = first ? next : 0; i < other.count(); i++) {
        if (!dropped.contains(other.task(i))) {
          consumer.accept(other.task(i), other.attempt(i));
        }
      }
      first = false;
    }
  }

  /** Forgets all that waits. */
  void clear() {
    frames.clear();
    dropped.clear();
    next = 0;
    size = 0;
  }
}
