package fonio.executors;

import fonio.interchange.InterchangeListener;
import fonio.kernel.Kernel;

/** Says which tasks managers of an engine before this one keep. */
final class Adopter {
  private final Kernel kernel;
  private final int lane;
  private boolean adopts;

  Adopter(Kernel kernel, int lane) {
    this.kernel = kernel;
    this.lane = lane;
  }

  /** There was an engine before this one. */
  void begin() {
    adopts = true;
  }

  boolean adopts() {
    return adopts;
  }

  /** The class of a task that is its manager's now; UNWANTED when it is not. */
  int adopt(int id, int attempt) {
    long task = Integer.toUnsignedLong(id);
    return kernel.adopt(lane, task, attempt) ? kernel.classOf(task) : InterchangeListener.UNWANTED;
  }
}
