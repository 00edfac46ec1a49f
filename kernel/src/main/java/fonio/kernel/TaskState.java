package fonio.kernel;

/** Where a task stands in the kernel. */
public enum TaskState {
  /** Not in the table: never submitted, or released. */
  UNKNOWN,
  /** It waits for the results of other tasks. */
  WAITING,
  /** Its dependencies are there; the answer whether a stored result exists is awaited. */
  LOOKING_UP,
  /** It can run and stands in the queue of its lane. */
  READY,
  /** An executor has it. */
  HELD,
  /** It failed; the verdict whether it is tried again is awaited. */
  ASKED,
  /** A promise whose dependencies are there; someone else ends it. */
  PROMISED,
  /** It has a result. */
  ENDED_WELL,
  /** It has none and never will. */
  ENDED_BADLY;

  private static final TaskState[] ALL = values();

  static TaskState of(int code) {
    return ALL[code];
  }

  /** A number for tables in memory; it is not stored beyond the run. */
  @SuppressWarnings("EnumOrdinal")
  int code() {
    return ordinal();
  }

  static int kinds() {
    return ALL.length;
  }
}
