package fonio.engine;

import fonio.kernel.Kernel;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tasks that a client has to be told of yet: those that go on, and results nobody has read. */
final class OpenTasks {
  private final Dataflow dataflow;
  private final Kernel kernel;

  OpenTasks(Dataflow dataflow) {
    this.dataflow = dataflow;
    this.kernel = dataflow.kernel();
  }

  /** The functions' names by ranges of tasks: {@code 17-516} is {@code dock}. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    long first = 0;
    int classId = 0;
    for (long task = 1; task <= kernel.lastTask() + 1; task++) {
      boolean open = dataflow.openResults().isOpen(task);
      if (first > 0 && (!open || kernel.classOf(task) != classId)) {
        entries.put(first + "-" + (task - 1), dataflow.className(classId));
        first = 0;
      }
      if (open && first == 0) {
        first = task;
        classId = kernel.classOf(task);
      }
    }
    return entries;
  }
}
