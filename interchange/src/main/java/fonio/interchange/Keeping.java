package fonio.interchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which managers keep which results for the tasks that need them.
 *
 * <p>It alone decides what is kept. A manager is told what it may drop over the link over which its
 * tasks come: a task that came before still finds the result.
 */
final class Keeping {
  private final Map<Long, List<Peer>> keepers = new HashMap<>();

  /** Whether nobody keeps anything. */
  boolean isEmpty() {
    return keepers.isEmpty();
  }

  /** Whether anybody keeps the result of a task. */
  boolean isKept(long task) {
    return keepers.containsKey(task);
  }

  /**
   * A manager has a result of so many bytes.
   *
   * @return the tasks whose results it may drop
   */
  List<Long> keeps(Peer peer, long task, long bytes) {
    List<Long> out = peer.shelf.put(task, bytes);
    if (peer.shelf.has(task)) {
      List<Peer> those = keepers.computeIfAbsent(task, key -> new ArrayList<>(1));
      if (!those.contains(peer)) {
        those.add(peer);
      }
    }
    out.forEach(gone -> unlist(peer, gone));
    return out;
  }

  /** How many bytes of a task's result a manager keeps, which is used now; -1 for none. */
  long use(Peer peer, long task) {
    return peer.shelf.isEmpty() ? -1 : peer.shelf.use(task);
  }

  /** Whether a manager keeps the result of a task, by the lower 32 bits of its number. */
  boolean has(Peer peer, int id) {
    return peer.shelf.named(id) >= 0;
  }

  /** A manager does not keep the result of a task after all. */
  void lacks(Peer peer, int id) {
    long task = peer.shelf.named(id);
    if (peer.shelf.remove(task)) {
      unlist(peer, task);
    }
  }

  /** Nobody needs the result of a task any more; who may drop it. */
  List<Peer> released(long task) {
    List<Peer> those = keepers.remove(task);
    if (those == null) {
      return List.of();
    }
    those.forEach(peer -> peer.shelf.remove(task));
    return those;
  }

  /** A manager keeps nothing any more. */
  void clear(Peer peer) {
    peer.shelf.tasks().forEach(task -> unlist(peer, task));
    peer.shelf.clear();
  }

  private void unlist(Peer peer, long task) {
    List<Peer> those = keepers.get(task);
    if (those != null && those.remove(peer) && those.isEmpty()) {
      keepers.remove(task);
    }
  }

  /** Of those that will do, the one that keeps most bytes of some results; null for none. */
  @Nullable Peer best(long[] tasks, int count, Predicate<Peer> willDo) {
    Peer best = null;
    long most = 0;
    for (int i = 0; i < count; i++) {
      for (Peer peer : keepers.getOrDefault(tasks[i], List.of())) {
        long bytes = peer == best ? 0 : sum(peer, tasks, count);
        boolean better =
            bytes > most || (bytes == most && best != null && isLessLoaded(peer, best));
        if (better && peer != best && willDo.test(peer)) {
          best = peer;
          most = bytes;
        }
      }
    }
    return best;
  }

  private static boolean isLessLoaded(Peer peer, Peer than) {
    return peer.load.taken() < than.load.taken();
  }

  private static long sum(Peer peer, long[] tasks, int count) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += Math.max(0, peer.shelf.use(tasks[i]));
    }
    return bytes;
  }
}
