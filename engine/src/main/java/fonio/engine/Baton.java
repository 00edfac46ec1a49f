package fonio.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The right to run the kernel, and the orders that wait for its holder. */
class Baton {

  /*
   * Concurrency: flat combining. Anyone pushes orders (a lock-free stack); one holder at a time takes the whole stack and does the
   * orders in the order in which they were pushed. A pusher that finds the baton held may go away, so a holder that has let go looks
   * for orders once more: either the holder sees the order, or its pusher finds the baton free. Both sides do a full store (the push
   * is a compare-and-set, the release a volatile store) before their load.
   */

  private static final VarHandle HELD;
  private static final VarHandle ORDERS;

  static {
    try {
      var lookup = MethodHandles.lookup();
      HELD = lookup.findVarHandle(Baton.class, "held", int.class);
      ORDERS = lookup.findVarHandle(Baton.class, "orders", Order.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("unused")
  private volatile int held;

  private volatile @Nullable Order orders;

  /** Pushes an order; whether no other was waiting. */
  final boolean push(Order order) {
    Order top;
    do {
      top = orders;
      order.next = top;
      order.waiting = top == null ? 1 : top.waiting + 1;
    } while (!ORDERS.compareAndSet(this, top, order));
    return top == null;
  }

  final boolean hasOrders() {
    return orders != null;
  }

  /** How many orders wait, more or less. */
  final int waiting() {
    Order top = orders;
    return top == null ? 0 : top.waiting;
  }

  final boolean tryTake() {
    return held == 0 && HELD.compareAndSet(this, 0, 1);
  }

  final void release() {
    held = 0;
  }

  /** All orders, the oldest first; only for the holder. */
  final @Nullable Order orders() {
    if (orders == null) {
      return null;
    }
    Order newest = (Order) ORDERS.getAndSet(this, null);
    Order oldest = null;
    while (newest != null) {
      Order older = newest.next;
      newest.next = oldest;
      oldest = newest;
      newest = older;
    }
    return oldest;
  }
}
