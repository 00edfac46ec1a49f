package fonio.kernel;

/** How a task ended, for good: each task has exactly one ending. */
public enum Ending {
  /** It ran and gave a value, or a stored value was found for it. */
  SUCCEEDED,
  /** It ran, raised an error, and is not tried again. */
  FAILED,
  /** Its worker died while it ran, and its class does not allow another run. */
  LOST,
  /** It ran on as many workers that died as its class allows. */
  POISONED,
  /** It was cancelled before it ran, or killed while it ran. */
  CANCELLED,
  /** A task whose result it needs did not end well. */
  DEPENDENCY_FAILED;

  private static final Ending[] ALL = values();

  /** A number for tables in memory; it is not stored beyond the run. */
  @SuppressWarnings("EnumOrdinal")
  int code() {
    return ordinal();
  }

  static int kinds() {
    return ALL.length;
  }

  boolean well() {
    return this == SUCCEEDED;
  }
}
