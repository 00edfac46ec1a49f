package fonio.engine;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the threads of the program do for a run while they call and wait: they help it. */
final class Callers {
  private static final long LONGEST_PARK_NANOS = 1_000_000;
  private static final long ROOM_PARK_NANOS = 50_000;

  /** The lane of the task that a helping thread runs. */
  private static final ThreadLocal<@Nullable ThreadLane> HELPED = new ThreadLocal<>();

  private final Core core;
  private final List<ThreadLane> lanes;
  private final @Nullable Joins joins;

  /** The callers of a run with these lanes, that of {@code joins} among them if there is one. */
  Callers(Core core, List<ThreadLane> lanes, @Nullable Joins joins) {
    this.core = core;
    this.lanes = List.copyOf(lanes);
    this.joins = joins;
  }

  /** The lane whose task the calling thread runs; null if it runs none of this run. */
  @Nullable ThreadLane laneOfCaller() {
    ThreadLane helped = HELPED.get();
    if (helped != null) {
      return lanes.contains(helped) ? helped : null;
    }
    LaneThread thread = LaneThread.current(core);
    return thread == null ? null : thread.lane();
  }

  /** Has something done with the kernel, by this thread or by another one. */
  void order(Consumer<Core> what) {
    core.order(what);
    core.turn();
  }

  /** Holds back a caller that is no task until fewer tasks than {@code most} are pending. */
  void awaitRoom(ThreadLane lane, long most) {
    Pause pause = new Pause();
    while (core.pending() > most && laneOfCaller() == null) {
      if (lane.inProcesses) {
        LockSupport.parkNanos(ROOM_PARK_NANOS);
        continue;
      }
      if (help(lane)) {
        pause.reset();
      } else if (pause.isOver()) {
        LockSupport.parkNanos(ROOM_PARK_NANOS);
      } else {
        pause.once();
      }
      core.turn();
    }
  }

  /** Runs one ready task on the calling thread; false if there is none. */
  private boolean help(ThreadLane lane) {
    LocalTask<?> next = core.turn(lane, null, false);
    if (next == null) {
      return false;
    }
    ThreadLane outer = HELPED.get();
    HELPED.set(lane);
    try {
      next.run(false);
    } finally {
      HELPED.set(outer);
    }
    core.push(next);
    core.turn();
    return true;
  }

  /** Runs one ready task of any lane, or waits a little for one. */
  void helpAny() {
    if (lanes.stream().noneMatch(this::help)) {
      LockSupport.parkNanos(LONGEST_PARK_NANOS / 10);
    }
  }

  /** Runs a body of a join app while another one waits on this thread; false if there is none. */
  private boolean helpJoins(@Nullable ThreadLane own) {
    if (joins == null || own != joins.lane()) {
      return false;
    }
    ThreadLane mine = joins.lane();
    return joins.nested(() -> help(mine));
  }

  /** Waits and keeps an interrupt for later. */
  void awaitUninterruptibly(LocalFuture<?> task) {
    boolean interrupted = Thread.interrupted();
    while (!task.isDone()) {
      try {
        await(task, Long.MAX_VALUE);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits, and helps meanwhile if no time is set; false if the time is over first. */
  boolean await(LocalFuture<?> task, long deadlineNanos) throws InterruptedException {
    if (task.isDone()) {
      return true;
    }
    ThreadLane own = laneOfCaller();
    if (own != null) {
      order(with -> own.free++);
    }
    try {
      return awaitHelping(task, deadlineNanos, own);
    } finally {
      if (own != null) {
        order(with -> own.free--);
      }
    }
  }

  private boolean awaitHelping(LocalFuture<?> task, long deadlineNanos, @Nullable ThreadLane own)
      throws InterruptedException {
    boolean timed = deadlineNanos != Long.MAX_VALUE;
    boolean registered = false;
    Thread caller = Thread.currentThread();
    Pause pause = new Pause();
    while (!task.isDone()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while waiting for task " + task.id());
      }
      long left = timed ? deadlineNanos - System.nanoTime() : LONGEST_PARK_NANOS;
      if (left <= 0) {
        return false;
      }
      if (!timed && !task.lane().inProcesses && help(task.lane())) {
        pause.reset();
      } else if (!pause.isOver()) {
        pause.once();
      } else if (!timed && own != task.lane() && helpJoins(own)) {
        pause.reset();
      } else if (!registered) {
        registered = true;
        task.whenEnded(() -> LockSupport.unpark(caller));
      } else {
        LockSupport.parkNanos(task, Math.min(left, LONGEST_PARK_NANOS));
      }
    }
    return true;
  }
}
