package fonio.blocks;

/** Where a job stands, as its batch system says. */
public enum JobState {
  /** Nobody could say; nothing follows from it. */
  UNKNOWN,
  /** It waits for its turn. */
  PENDING,
  /** It is stopped until somebody lets it go on. */
  HELD,
  /** It runs. */
  RUNNING,
  /** It ended with exit code 0. */
  COMPLETED,
  /** It ended in an error. */
  FAILED,
  /** It was ended by its owner, an administrator or a job of more weight. */
  CANCELLED,
  /** It was ended by its walltime. */
  TIMEOUT,
  /** The batch system does not know it and nothing tells how it ended. */
  MISSING;

  /** Whether it will not run again. */
  public boolean isEnded() {
    return switch (this) {
      case UNKNOWN, PENDING, HELD, RUNNING -> false;
      case COMPLETED, FAILED, CANCELLED, TIMEOUT, MISSING -> true;
    };
  }
}
