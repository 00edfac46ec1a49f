package fonio.transport;

/** A barrier that every core passes before the call returns: Linux {@code membarrier(2)}. */
public final class Membarrier {
  private static final int QUERY = 0;
  private static final int GLOBAL = 1;

  private static final boolean AVAILABLE = probe();

  private Membarrier() {}

  private static boolean probe() {
    long commands = Libc.membarrier(QUERY);
    return commands > 0 && (commands & GLOBAL) != 0;
  }

  /** Whether this system has it. */
  public static boolean isAvailable() {
    return AVAILABLE;
  }

  /**
   * Makes every core pass a full barrier, those that run other processes too. It takes
   * milliseconds.
   *
   * @return false when the system cannot; then nothing is known about what others see
   */
  public static boolean global() {
    return AVAILABLE && Libc.membarrier(GLOBAL) == 0;
  }
}
