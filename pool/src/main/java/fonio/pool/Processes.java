package fonio.pool;

import fonio.transport.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What the pool does with running child processes: wait, signal, pin to cores. */
final class Processes {
  static final int SIGKILL = 9;
  static final int SIGTERM = 15;

  /** Ignored by a process that has no handler for it. */
  static final int SIGURG = 23;

  private static final int WNOHANG = 1;
  private static final Native WAITPID = Native.function("waitpid");
  private static final Native KILL = Native.function("kill");
  private static final Native AFFINITY = Native.function("sched_setaffinity");
  private static final Native ALLOWED = Native.function("sched_getaffinity");
  private static final int MOST_CORES = 8192;

  private Processes() {}

  /** How a child ended, once it has; it is reaped then. */
  static Optional<ExitStatus> ended(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
      int found = WAITPID.call(pid, status.address(), WNOHANG);
      if (found == 0) {
        return Optional.empty();
      }
      return Optional.of(
          found == pid ? ExitStatus.of(status.get(ValueLayout.JAVA_INT, 0)) : ExitStatus.UNKNOWN);
    }
  }

  /** Sends a signal to the process alone. */
  static void signal(int pid, int signal) {
    if (pid <= 1) {
      throw new IllegalArgumentException("process " + pid + " is no worker");
    }
    KILL.call(pid, signal);
  }

  /** Sends a signal to the process and to all that it started in its group. */
  static void signalGroup(int pid, int signal) {
    signalRest(pid, signal);
    KILL.call(pid, signal);
  }

  /** Sends a signal to what a process that was waited for, and so has no id any more, has left. */
  static void signalRest(int pid, int signal) {
    if (pid <= 1) {
      throw new IllegalArgumentException("process group " + pid + " is none of a worker");
    }
    KILL.call(-pid, signal);
  }

  /** The cores that this process may use, in order. */
  static List<Integer> allowedCores() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MOST_CORES / 8, 8);
      List<Integer> cores = new ArrayList<>();
      if (ALLOWED.call(0, mask.byteSize(), mask.address()) < 0) {
        throw new IllegalStateException(
            "sched_getaffinity fails: the cores that this process may use are unknown");
      }
      for (int core = 0; core < MOST_CORES; core++) {
        if ((mask.getAtIndex(ValueLayout.JAVA_LONG, core / 64) >>> (core % 64) & 1) != 0) {
          cores.add(core);
        }
      }
      return cores;
    }
  }

  /** Restricts a thread, 0 for this one, to some cores; false when the system refuses. */
  static boolean pin(int thread, Collection<Integer> cores) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MOST_CORES / 8, 8);
      for (int core : cores) {
        long word = mask.getAtIndex(ValueLayout.JAVA_LONG, core / 64);
        mask.setAtIndex(ValueLayout.JAVA_LONG, core / 64, word | 1L << (core % 64));
      }
      return AFFINITY.call(thread, mask.byteSize(), mask.address()) == 0;
    }
  }
}
