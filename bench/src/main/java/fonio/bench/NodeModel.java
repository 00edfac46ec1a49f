package fonio.bench;

/** A node of a simulation: workers that run tasks of one length, and tasks that wait for them. */
final class NodeModel {
  private final int workers;
  private final double taskSeconds;
  private double held;
  private double unreported;
  private double seenAt;

  /** When it said something last. */
  double saidAt;

  /**
   * Whether it has reported and was not answered: what ends meanwhile goes with the next report.
   */
  boolean waits;

  NodeModel(int workers, double taskSeconds, int held) {
    this.workers = workers;
    this.taskSeconds = taskSeconds;
    this.held = held;
  }

  /** Lets the workers work until a time. */
  private void workUntil(double time) {
    double ran = Math.min(held, Math.min(workers, held) * (time - seenAt) / taskSeconds);
    held -= ran;
    unreported += ran;
    seenAt = time;
  }

  /** The results that it has at a time, which it gives away. */
  int report(double time) {
    workUntil(time);
    int whole = (int) unreported;
    unreported -= whole;
    return whole;
  }

  /** Gets tasks at a time. */
  void take(double time, int tasks) {
    workUntil(time);
    held += tasks;
  }
}
