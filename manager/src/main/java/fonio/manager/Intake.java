package fonio.manager;

import fonio.wire.FrameView;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.util.Set;

/**
 * Looks through what the interchange sends for results that are kept here.
 *
 * @param manager name of the manager
 * @param results who tells of tasks that cannot run for want of their input
 */
record Intake(String manager, Kept kept, Results results, Uplink uplink) {
  private static final byte[] NOTHING = {};

  /**
   * Gives the tasks of a frame the results that they name. If one is not here, all of them go back,
   * and what they lack is said, so that they come with it the next time.
   *
   * @return whether they can run
   */
  boolean admits(FrameView frame) {
    Set<Long> missing = kept.resolve(frame);
    if (missing.isEmpty()) {
      return true;
    }
    System.err.println(
        "fonio manager %s: the results of tasks %s are not kept here; the tasks that name them go back"
            .formatted(manager, missing));
    for (long task : missing) {
      uplink.writer().frame(Kind.RELEASE, 0, 1, (int) task, NOTHING);
    }
    for (int i = frame.count() - 1; i >= 0; i--) {
      results.ended(frame.task(i), frame.attempt(i), Status.SKIPPED);
    }
    return false;
  }

  /** The results that a frame names are not needed by tasks to come. */
  void release(FrameView frame) {
    for (int i = 0; i < frame.count(); i++) {
      kept.release(frame.task(i));
    }
  }
}
