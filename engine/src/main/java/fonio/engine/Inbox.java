package fonio.engine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What others want of the thread of the worker processes, until that hears nobody any more. */
final class Inbox {

  /*
   * Concurrency: anyone adds; the thread fulfils and refuses. A wish is added before `deaf` is read, and `deaf` is set before the
   * rest is refused, so that each is answered by one of them.
   */

  private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private volatile boolean deaf;

  void add(Wish wish) {
    wishes.add(wish);
    if (deaf) {
      wish.refuse();
    }
  }

  boolean isDeaf() {
    return deaf;
  }

  /** Fulfils what has come; how many. */
  int fulfil() {
    int count = 0;
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      wish.fulfil();
      count++;
    }
    return count;
  }

  /** Refuses what has come and what is yet to come. */
  void refuse() {
    deaf = true;
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      wish.refuse();
    }
  }
}
