package fonio.pool;

import fonio.wire.Fault;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a pool's reports are as faults, for whoever gave the task. */
public final class Faults {
  private Faults() {}

  /** A worker died while it ran a task. */
  public static Fault lost(long task, WorkerDeath death) {
    String message =
        "worker %s (pid %d) %s, while it ran task %d"
            .formatted(death.worker(), death.pid(), death.text(), task);
    Map<String, String> details = details(death);
    details.put("task", Long.toString(task));
    return new Fault("WorkerLost", message, details);
  }

  /** A task ran longer than its class allows. */
  public static Fault timedOut(long task, long walltimeMillis) {
    String message =
        "task %d ran longer than its walltime of %s s and was ended with its worker"
            .formatted(task, walltimeMillis / 1000.0);
    return new Fault("AppTimeout", message, Map.of("task", "" + task));
  }

  /**
   * Workers die before they are ready, time and again.
   *
   * @param whose workers they are: {@code executor cpu}
   */
  public static Fault unusable(String whose, WorkerDeath death) {
    String message =
        "the workers of %s end before they are ready (%s): %s"
            .formatted(
                whose,
                death.fault().isEmpty() ? death.status().text() : death.fault(),
                death.lastLine());
    return new Fault("BrokenExecutor", message, details(death));
  }

  private static Map<String, String> details(WorkerDeath death) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("worker", death.worker());
    details.put("signal", Integer.toString(death.status().signal()));
    details.put("exit_code", Integer.toString(death.status().code()));
    details.put("stderr", death.lastLines());
    return details;
  }
}
