package fonio.engine;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The threads of one executor as the holder of the baton sees them; none if its tasks run in worker
 * processes.
 */
final class ThreadLane {
  final int number;
  final String label;
  final Deque<LaneThread> sleepers = new ArrayDeque<>();

  /** How many more tasks may run now; negative while a thread that waited runs on. */
  int free;

  /** Threads that look for a task and have not gone to sleep. */
  int searching;

  final boolean inProcesses;

  ThreadLane(int number, String label, int threads) {
    this.number = number;
    this.label = label;
    this.free = threads;
    this.inProcesses = threads == 0;
    this.searching = threads;
  }

  /** A thread has found no task: it is not searching any more, but there to be woken. */
  void putToSleep(LaneThread thread) {
    if (!thread.asleep) {
      thread.asleep = true;
      searching--;
      sleepers.push(thread);
    }
  }
}
