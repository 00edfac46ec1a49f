package fonio.engine;

import fonio.wire.Fault;
import java.util.Map;

/** Named errors that the engine makes of what it knows about a task. */
final class Faults {
  private Faults() {}

  /** The error of a task lies in a segment, which only the task's own future keeps. */
  static Fault errorTooLarge(long task) {
    return new Fault(
        "ErrorTooLarge",
        "the error of task " + task + " is too large to be passed on; ask that task's own future",
        Map.of());
  }

  /** The last of several deaths, as the end of a task that kills its workers. */
  static Fault poisoned(long task, Result lastDeath) {
    Fault death = Fault.decode(lastDeath.bytes, lastDeath.offset, lastDeath.lengthColumn);
    return new Fault(
        "TaskPoisoned",
        "task %d is not run again, as each of its workers died; at last: %s; run it alone to see why"
            .formatted(task, death.message()),
        death.details());
  }
}
