package fonio.interchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hosts on which workers die one after the other, and which of them get no tasks for now.
 *
 * <p>A host is avoided when so many tasks in a row were lost on it and another host has lost none
 * since its last success: then it is the host, and not the tasks. After its time it is tried again;
 * what is lost before a task is done has it avoided for twice as long.
 */
final class FailingHosts {
  private static final int MOST_LOSSES = 2;
  private static final long FIRST_NANOS = 10_000_000_000L;
  private static final long LONGEST_NANOS = 640_000_000_000L;

  /** What was lost on a host since a task was done there. */
  private static final class Losses {
    int tasks;
    long nextNanos = FIRST_NANOS;
    long untilNanos;
    @Nullable String why;
  }

  private final Map<String, Losses> byHost = new LinkedHashMap<>();

  /**
   * Notes that a task was lost on a host.
   *
   * @param all the hosts that there are, the same one several times if need be
   * @return why the host is avoided from now on; null if it is not, or is so already
   */
  @Nullable String lost(String host, String why, Collection<String> all, long now) {
    Losses losses = byHost.computeIfAbsent(host, _ -> new Losses());
    losses.tasks++;
    if (losses.why != null || losses.tasks < MOST_LOSSES || byHost.keySet().containsAll(all)) {
      return null;
    }
    losses.untilNanos = now + losses.nextNanos;
    losses.why =
        "avoided for %d s, as %d tasks in a row were lost on %s and none on others; the last: %s"
            .formatted(losses.nextNanos / 1_000_000_000, losses.tasks, host, why);
    losses.nextNanos = Math.min(LONGEST_NANOS, 2 * losses.nextNanos);
    return losses.why;
  }

  /** Notes that a task was done on a host; true if it was avoided. */
  boolean done(String host) {
    Losses losses = byHost.remove(host);
    return losses != null && losses.why != null;
  }

  /** Why a host gets no tasks; null if it gets some. */
  @Nullable String avoided(String host) {
    Losses losses = byHost.get(host);
    return losses == null ? null : losses.why;
  }

  /** Whether nothing was lost anywhere since something was done there. */
  boolean isEmpty() {
    return byHost.isEmpty();
  }

  /** The hosts whose time is over: they get tasks again, and one more loss is enough. */
  List<String> retried(long now) {
    List<String> over = new ArrayList<>();
    byHost.forEach((host, losses) -> {
      if (losses.why != null && now - losses.untilNanos >= 0) {
        losses.why = null;
        losses.tasks = MOST_LOSSES - 1;
        over.add(host);
      }
    });
    return over;
  }
}
