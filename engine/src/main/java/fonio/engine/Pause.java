package fonio.engine;

/** A short wait without the operating system, then one that lets others run. */
final class Pause {
  private static final int PAUSES = 50;
  private static final int YIELDS = 30;

  private int done;

  @SuppressWarnings("ThreadPriorityCheck")
  void once() {
    if (done++ < PAUSES) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  /** Whether it is time to sleep. */
  boolean isOver() {
    return done >= PAUSES + YIELDS;
  }

  void reset() {
    done = 0;
  }
}
