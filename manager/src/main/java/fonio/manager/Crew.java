package fonio.manager;

/**
 * How many workers a node needs: one for each share of it, and further ones once there are tasks
 * that need less of its accelerators than a share.
 */
final class Crew {
  private final NodePlan plan;
  private final int sharers;
  private int onAccelerators;
  private int beside;

  /**
   * @param sharers how many workers have a share each
   */
  Crew(NodePlan plan, int sharers) {
    this.plan = plan;
    this.sharers = sharers;
    this.onAccelerators = sharers;
  }

  /**
   * There are tasks that need so much.
   *
   * @return how many of them can run at a time
   */
  int most(Request request) {
    if (!plan.needsLessThanShare(request)) {
      return sharers;
    }
    int fit =
        Math.min(request.timesInto(plan.capacity().whole(), Request.NOTHING), plan.mostWorkers());
    if (request.accelerators() == 0) {
      beside = Math.max(beside, fit);
    } else {
      onAccelerators = Math.max(onAccelerators, fit);
    }
    return Math.max(1, fit);
  }

  /** How many workers the node should have. */
  int workers() {
    return Math.max(sharers, Math.min(plan.mostWorkers(), onAccelerators + beside));
  }
}
