package fonio.engine;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The threads that run the bodies of join apps whose executor has worker processes: few, as a body
 * only makes tasks, and none before there is a body.
 */
final class Joins {
  private static final int MOST_THREADS = 10;
  private static final int MOST_NESTED = 100;

  /** How many bodies wait on a thread while it runs another one. */
  private static final ThreadLocal<Integer> WAITING = ThreadLocal.withInitial(() -> 0);

  private final ThreadLane lane;
  private final List<LaneThread> threads;
  private boolean started;

  /** A lane of the kernel's with this number. */
  Joins(Core core, int number) {
    this.lane = new ThreadLane(number, "joins", MOST_THREADS);
    this.threads =
        IntStream.range(0, MOST_THREADS).mapToObj(i -> new LaneThread(core, lane, i)).toList();
  }

  ThreadLane lane() {
    return lane;
  }

  /** Starts the threads, if they are not. */
  synchronized void start() {
    if (!started) {
      started = true;
      threads.forEach(Thread::start);
    }
  }

  /** The threads, started or not. */
  List<LaneThread> threads() {
    return threads;
  }

  /**
   * Runs another body above one that waits: all threads may be waiting, and what a body waits for
   * may need one that is not begun.
   *
   * @return whether one was run; never too deep in a stack
   */
  boolean nested(BooleanSupplier help) {
    int waiting = WAITING.get();
    if (waiting == MOST_NESTED) {
      return false;
    }
    WAITING.set(waiting + 1);
    try {
      return help.getAsBoolean();
    } finally {
      WAITING.set(waiting);
    }
  }
}
