package fonio.interchange;

/**
 * A manager as it is now, to look at.
 *
 * @param info who it is
 * @param workers that it has
 * @param tasks that it has
 * @param full whether it has no room, as it has enough or as a task has much of its node
 * @param answered tasks that it has answered
 * @param keptBytes large results that it keeps for tasks to come
 * @param sentBytes what it was sent
 * @param draining whether it gets no more tasks
 * @param onHold whether it gets no tasks for now, as somebody has asked
 * @param avoided why it gets no tasks for now, as its host fails; empty while it does not
 */
public record ManagerView(
    ManagerInfo info,
    int workers,
    int tasks,
    boolean full,
    long answered,
    long keptBytes,
    long sentBytes,
    boolean draining,
    boolean onHold,
    String avoided) {

  /** Whether it gets tasks. */
  public boolean takes() {
    return !draining && !onHold && avoided.isEmpty();
  }

  /** How many workers have nothing to do, if each of its tasks has one, and could get some. */
  public int free() {
    return takes() && !full ? Math.max(0, workers - tasks) : 0;
  }

  /** A line for people, without its name. */
  public String text() {
    return "host %s, pid %d, block %s, %d workers, has %d, answered %d%s%s%s%s"
        .formatted(
            info.host(),
            info.pid(),
            info.block().isEmpty() ? "none" : info.block(),
            workers,
            tasks,
            answered,
            keptBytes == 0 ? "" : ", keeps %.1f MB".formatted(keptBytes / 1e6),
            draining ? ", draining" : "",
            onHold ? ", on hold" : "",
            avoided.isEmpty() ? "" : ", " + avoided);
  }
}
