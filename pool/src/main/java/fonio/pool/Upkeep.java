package fonio.pool;

import java.util.List;

/**
 * What a pool does for its workers from time to time: often while they have tasks, seldom while
 * they have none, at once when a link has ended.
 */
final class Upkeep {
  private static final long BUSY_TICK_NANOS = 2_000_000;
  private static final long IDLE_TICK_NANOS = 50_000_000;
  private static final long IDLE_LOOK_NANOS = 200_000_000;

  private final List<Worker> workers;
  private final Lives lives;
  private final Watch watch;
  private long nextTickNanos;
  private long lastTickNanos;
  private long nextLogNanos;
  private boolean idle = true;

  Upkeep(List<Worker> workers, Lives lives, Watch watch) {
    this.workers = workers;
    this.lives = lives;
    this.watch = watch;
  }

  /**
   * Does what is due; how much that was.
   *
   * @param ended whether a link has ended
   */
  int doWork(long now, boolean ended) {
    if (!ended && now - nextTickNanos < 0) {
      return 0;
    }
    int work = 0;
    boolean restsOn = idle && isIdle() && now - lastTickNanos < IDLE_LOOK_NANOS;
    if (ended || !restsOn) {
      lastTickNanos = now;
      work = tick(now);
      idle = isIdle();
    }
    nextTickNanos = now + (idle ? IDLE_TICK_NANOS : BUSY_TICK_NANOS);
    return work;
  }

  /** How long it may be until the next look. */
  long sleepNanos(long nowNanos) {
    return idle && isIdle() ? IDLE_LOOK_NANOS : Math.max(0, nextTickNanos - nowNanos);
  }

  private boolean isIdle() {
    for (int i = 0; i < workers.size(); i++) {
      if (!workers.get(i).inFlight.isEmpty() || !workers.get(i).isReady()) {
        return false;
      }
    }
    return true;
  }

  private int tick(long now) {
    int work = lives.tick(now);
    watch.walltimes(workers, now);
    watch.recalls(workers, now);
    watch.urge(workers, now);
    watch.wishes().tick(workers);
    if (now - nextLogNanos >= 0) {
      nextLogNanos = now + IDLE_TICK_NANOS;
      for (int i = 0; i < workers.size(); i++) {
        lives.passOutput(workers.get(i), false);
      }
    }
    return work;
  }
}
