package fonio.transport;

/**
 * A barrier that other processes' cores pass before the call returns: Linux {@code membarrier(2)}.
 *
 * <p>The global form reaches every process and takes about 10 ms: it belongs off a loop's thread.
 * The expedited one takes microseconds, and reaches the processes that registered for it.
 */
public final class Membarrier {
  private static final int QUERY = 0;
  private static final int GLOBAL = 1;
  private static final int GLOBAL_EXPEDITED = 2;
  private static final int REGISTER_GLOBAL_EXPEDITED = 4;

  private static final long COMMANDS = Math.max(0, Libc.membarrier(QUERY));

  private Membarrier() {}

  /** Whether this system has the global form. */
  public static boolean isAvailable() {
    return (COMMANDS & GLOBAL) != 0;
  }

  /**
   * Makes every core pass a full barrier, those that run other processes too.
   *
   * @return false when the system cannot; then nothing is known about what others see
   */
  public static boolean global() {
    return isAvailable() && Libc.membarrier(GLOBAL) == 0;
  }

  /**
   * Makes this process one that the expedited form reaches.
   *
   * @return false when the system cannot
   */
  public static boolean register() {
    return (COMMANDS & REGISTER_GLOBAL_EXPEDITED) != 0
        && Libc.membarrier(REGISTER_GLOBAL_EXPEDITED) == 0;
  }

  /**
   * Makes every core that runs a registered process pass a full barrier.
   *
   * @return false when the system cannot; then nothing is known about what others see
   */
  public static boolean expedited() {
    return (COMMANDS & GLOBAL_EXPEDITED) != 0 && Libc.membarrier(GLOBAL_EXPEDITED) == 0;
  }
}
