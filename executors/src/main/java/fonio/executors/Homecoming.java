package fonio.executors;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The wait of an engine that was started again for the managers of the one before it: until all
 * have come, but not for ever.
 */
final class Homecoming {
  private final Set<String> awaited;
  private final long endNanos;
  private final Consumer<String> forget;

  /**
   * @param managers their names
   * @param endNanos when nobody is waited for any more
   * @param forget hears then who has not come
   */
  Homecoming(Set<String> managers, long endNanos, Consumer<String> forget) {
    this.awaited = new TreeSet<>(managers);
    this.endNanos = endNanos;
    this.forget = forget;
  }

  /** Nobody is waited for. */
  static Homecoming none() {
    return new Homecoming(Set.of(), 0, _ -> {});
  }

  /** A manager has come, and has said what it holds. */
  void came(String manager) {
    awaited.remove(manager);
  }

  boolean isOver(long nowNanos) {
    if (!awaited.isEmpty() && nowNanos - endNanos >= 0) {
      awaited.forEach(forget);
      awaited.clear();
    }
    return awaited.isEmpty();
  }

  /** Who is waited for, for people; empty when nobody is. */
  String text(long nowNanos) {
    return isOver(nowNanos)
        ? ""
        : "it waits up to %.1f s more for managers that the last engine had, as they may have the task: %s"
            .formatted((endNanos - nowNanos) / 1e9, String.join(", ", awaited));
  }

  /** How long the loop may sleep until it is over. */
  long sleepNanos(long nowNanos) {
    return awaited.isEmpty() ? Long.MAX_VALUE : Math.max(0, endNanos - nowNanos);
  }
}
