package fonio.executors;

import fonio.kernel.Kernel;
import java.util.function.IntSupplier;

/** The tasks that were taken from the kernel's lane to be sent next. */
final class Hand {
  final long[] tasks;
  final int[] attempts;
  int count;

  private final Kernel kernel;
  private final int lane;

  Hand(Kernel kernel, int lane, int most) {
    this.kernel = kernel;
    this.lane = lane;
    this.tasks = new long[most];
    this.attempts = new int[most];
  }

  /**
   * Takes up to so many tasks, but at least one, and dependants ahead as far as there is room: each
   * behind the task that alone holds it up.
   *
   * @param room how many tasks the receiver may be sent, asked once something was taken
   */
  void take(int most, IntSupplier room) {
    count = kernel.take(lane, Math.clamp(most, 1, tasks.length), tasks, 0);
    int all = count == 0 ? 0 : Math.min(tasks.length, Math.max(count, room.getAsInt()));
    for (int i = 0; i < count && count < all; i++) {
      long follower = kernel.follower(tasks[i]);
      if (follower >= 0) {
        System.arraycopy(tasks, i + 1, tasks, i + 2, count - i - 1);
        tasks[i + 1] = follower;
        count++;
      }
    }
    for (int i = 0; i < count; i++) {
      attempts[i] = kernel.attempt(tasks[i]);
    }
  }

  /** Where those end that follow, each the one before it, from an index above 0 on. */
  int chainEnd(Payloads payloads, int from) {
    int end = from;
    while (end < count && follows(payloads, end)) {
      end++;
    }
    return end;
  }

  private boolean follows(Payloads payloads, int at) {
    for (int place = 0; place < payloads.parentCount(tasks[at]); place++) {
      if (payloads.parent(tasks[at], place) == tasks[at - 1]) {
        return true;
      }
    }
    return false;
  }
}
