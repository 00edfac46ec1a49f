package fonio.pool;

/**
 * How a process ended, as {@code waitpid(2)} tells: by a signal or with an exit code.
 *
 * @param signal the signal's number, 0 when it exited
 * @param code the exit code, -1 when it was ended by a signal
 */
public record ExitStatus(int signal, int code) {
  /** Nobody can tell: somebody else has waited for it. */
  static final ExitStatus UNKNOWN = new ExitStatus(0, -1);

  static ExitStatus of(int waitStatus) {
    int signal = waitStatus & 0x7F;
    return signal == 0 ? new ExitStatus(0, waitStatus >> 8 & 0xFF) : new ExitStatus(signal, -1);
  }

  /** For people: {@code signal 9 (SIGKILL)} or {@code exit code 3}. */
  public String text() {
    if (signal > 0) {
      String name = name(signal);
      return "signal " + signal + (name.isEmpty() ? "" : " (" + name + ")");
    }
    return code < 0 ? "an unknown end" : "exit code " + code;
  }

  private static String name(int signal) {
    return switch (signal) {
      case 1 -> "SIGHUP";
      case 2 -> "SIGINT";
      case 4 -> "SIGILL";
      case 6 -> "SIGABRT";
      case 7 -> "SIGBUS";
      case 8 -> "SIGFPE";
      case 9 -> "SIGKILL, as the system sends when memory runs out";
      case 11 -> "SIGSEGV";
      case 15 -> "SIGTERM";
      default -> "";
    };
  }
}
