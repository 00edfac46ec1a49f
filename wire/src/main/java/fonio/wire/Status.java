package fonio.wire;

/** How a task ended, as a result says it: the numbers of {@code docs/protocol.md} section 3.1. */
public final class Status {
  public static final int OK = 0;
  public static final int ERROR = 1;
  public static final int CANCELLED = 2;
  public static final int DEPENDENCY = 3;
  public static final int FAULT = 4;
  public static final int SKIPPED = 5;
  public static final int LOST = 6;

  /** The largest status that there is. */
  static final int LAST = LOST;

  private Status() {}

  /** The status's name, for people. */
  public static String name(int status) {
    return switch (status) {
      case OK -> "OK";
      case ERROR -> "ERROR";
      case CANCELLED -> "CANCELLED";
      case DEPENDENCY -> "DEPENDENCY";
      case FAULT -> "FAULT";
      case SKIPPED -> "SKIPPED";
      case LOST -> "LOST";
      default -> "status " + status;
    };
  }
}
