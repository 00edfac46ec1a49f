package fonio.executors;

import fonio.interchange.Interchange;
import fonio.kernel.Kernel;

/** Takes ready tasks from the kernel's lane, and sends them to managers that have room. */
final class HtexFeed {
  private static final int MOST_IN_FRAME = 1024;

  private final Kernel kernel;
  private final int lane;
  private final Interchange interchange;
  private final Payloads payloads;
  private final Outcomes outcomes;
  private final boolean byData;
  private final TaskFrames frames;
  private final Hand hand;
  private long[] parents = new long[16];

  /**
   * @param byData whether managers that keep the input of tasks are preferred
   */
  HtexFeed(
      Kernel kernel,
      int lane,
      Interchange interchange,
      Payloads payloads,
      Outcomes outcomes,
      boolean byData) {
    this.kernel = kernel;
    this.lane = lane;
    this.interchange = interchange;
    this.payloads = payloads;
    this.outcomes = outcomes;
    this.byData = byData;
    this.frames = new TaskFrames(payloads, MOST_IN_FRAME);
    this.hand = new Hand(kernel, lane, MOST_IN_FRAME);
  }

  /** Sends what there is room for; how many. */
  int turn() {
    int sent = 0;
    while (kernel.isReady(lane)) {
      int classId = kernel.nextClass(lane);
      int room = interchange.choose(classId);
      if (room == 0) {
        return sent;
      }
      int managers = interchange.managers().count();
      int share = (kernel.readyCount(lane) + managers - 1) / managers;
      hand.take(Math.min(room, share), () -> room);
      sent += send(classId);
    }
    return sent;
  }

  private int send(int classId) {
    for (int from = 0; from < hand.count; ) {
      int to = frames.measure(hand.tasks, from, prefer(classId, from));
      if (to > from) {
        frames.write(interchange.prepare(classId), classId, hand.tasks, hand.attempts, from);
        interchange.sent(classId, hand.tasks, hand.attempts, from, to - from);
        from = giveBack(to, hand.chainEnd(payloads, to));
      } else {
        int end = hand.chainEnd(payloads, from + 1);
        outcomes.failed(hand.tasks[from], hand.attempts[from], frames.tooLarge(hand.tasks[from]));
        from = giveBack(from + 1, end);
      }
    }
    return hand.count;
  }

  /**
   * Has the next frame go to where the input of its first task is, if the choice goes by that.
   *
   * @return where the frame ends at the latest: a task that follows may have its input elsewhere
   */
  private int prefer(int classId, int from) {
    if (!byData) {
      return hand.count;
    }
    int count = keptParents(hand.tasks[from]);
    interchange.prefer(classId, parents, count);
    int end = hand.chainEnd(payloads, from + 1);
    while (count == 0 && end < hand.count && keptParents(hand.tasks[end]) == 0) {
      end = hand.chainEnd(payloads, end + 1);
    }
    return end;
  }

  /** Lists the parents of a task whose results some manager keeps. */
  private int keptParents(long task) {
    int all = payloads.parentCount(task);
    if (all > parents.length) {
      parents = new long[all];
    }
    int count = 0;
    for (int place = 0; place < all; place++) {
      long parent = payloads.parent(task, place);
      if (interchange.isKept(parent)) {
        parents[count++] = parent;
      }
    }
    return count;
  }

  /** Tasks that were taken ahead and cannot go with their parent wait for it again. */
  private int giveBack(int from, int to) {
    for (int i = to - 1; i >= from; i--) {
      outcomes.returned(hand.tasks[i], hand.attempts[i]);
    }
    return to;
  }
}
