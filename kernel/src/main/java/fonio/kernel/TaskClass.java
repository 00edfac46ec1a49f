package fonio.kernel;

/**
 * What all tasks of one class have in common.
 *
 * @param lane the queue that they stand in when they are ready; an executor takes from the lanes it
 *     serves. 0 to 255
 * @param retries how often a task that failed is tried again without asking. Too low: a passing
 *     fault ends the task; too high: a task that cannot succeed runs that often more. 0 to 65,535
 * @param priority the lower, the earlier within its lane; tasks of equal priority go in the order
 *     in which they became ready
 * @param rerunWhenLost whether a task whose worker died is run again; if not, it ends as {@link
 *     Ending#LOST}
 * @param maxKills how many workers may die under a task before it ends as {@link Ending#POISONED}.
 *     Too low: a machine's fault is charged to the task; too high: a task that kills its workers
 *     takes that many of them. 1 to 127
 * @param asks whether {@link Effects#ask} decides about each failed task, in place of {@code
 *     retries}
 * @param promise whether its tasks are never run but ended by {@link Kernel#fulfil}
 */
public record TaskClass(
    int lane,
    int retries,
    int priority,
    boolean rerunWhenLost,
    int maxKills,
    boolean asks,
    boolean promise) {

  /** The highest number of a lane. */
  public static final int MAX_LANE = 255;

  /**
   * A class of ordinary tasks of one lane: not tried again when they fail, run again when their
   * worker died, up to three times.
   */
  public static TaskClass ofLane(int lane) {
    return new TaskClass(lane, 0, 0, true, 3, false, false);
  }

  /** A class of promises. */
  public static TaskClass ofPromises() {
    return new TaskClass(0, 0, 0, false, 1, false, true);
  }

  public TaskClass {
    check("lane", lane, 0, MAX_LANE);
    check("retries", retries, 0, 65_535);
    check("maxKills", maxKills, 1, 127);
  }

  private static void check(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must be between " + least + " and " + most);
    }
  }
}
