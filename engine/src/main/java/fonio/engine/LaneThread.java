package fonio.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that takes the baton to give back a task and to get the next one. */
final class LaneThread extends Thread {
  private final Core core;
  private final ThreadLane lane;
  volatile boolean asleep;

  LaneThread(Core core, ThreadLane lane, int index) {
    super("fonio-" + lane.label + "-" + index);
    this.core = core;
    this.lane = lane;
    setDaemon(true);
  }

  @Override
  public void run() {
    Pause pause = new Pause();
    while (!core.isOver()) {
      LocalTask<?> task = core.turn(lane, this, false);
      if (task == null && pause.isOver()) {
        task = core.turn(lane, this, true);
        if (task == null) {
          sleep();
          pause.reset();
        }
      }
      if (task == null) {
        pause.once();
      } else {
        task.run(true);
        core.push(task);
        pause.reset();
      }
    }
    core.turn();
  }

  private void sleep() {
    while (asleep && !core.isClosed()) {
      LockSupport.park(this);
    }
  }

  void wake() {
    asleep = false;
    LockSupport.unpark(this);
  }

  static @Nullable LaneThread current(Core core) {
    return Thread.currentThread() instanceof LaneThread own && own.core == core ? own : null;
  }

  ThreadLane lane() {
    return lane;
  }
}
