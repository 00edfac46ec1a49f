package fonio.engine;

import org.jspecify.annotations.Nullable;

/** The tasks that ask for a stored result: noted during an event, asked for after it. */
final class LookUps {
  private final LongList tasks = new LongList();
  private @Nullable Memory memory;

  void memory(Memory memory) {
    this.memory = memory;
  }

  void add(long task) {
    tasks.add(task);
  }

  /** Asks for the results; an answer that is there at once may add further tasks. */
  void settle() {
    if (memory == null || tasks.size() == 0) {
      return;
    }
    long[] noted = tasks.toArray();
    tasks.clear();
    for (long task : noted) {
      memory.lookUp(task);
    }
  }
}
