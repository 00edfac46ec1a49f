package fonio.engine;

/**
 * Whether a run survives its engine and its client.
 *
 * @param isOn whether what is accepted and what ended is written to a journal
 * @param keepsOn whether the engine goes on when its client is gone, until all tasks have ended
 * @param attached whether the client is another than the one that submitted the tasks
 * @param quiet whether the client gets results only when it has asked which tasks there are
 * @param epoch how often an engine was started for the run before
 */
record Durability(boolean isOn, boolean keepsOn, boolean attached, boolean quiet, int epoch) {
  static final Durability OFF = new Durability(false, false, false, false, 0);

  private static final int EPOCH_SHIFT = 20;
  private static final int MOST_EPOCHS = 1 << 11;

  Durability {
    if (epoch < 0 || epoch >= MOST_EPOCHS) {
      throw new IllegalArgumentException(
          "epoch="
              + epoch
              + ": an engine is started at most "
              + MOST_EPOCHS
              + " times for one run; begin a new run");
    }
  }

  /**
   * The attempt of every task at first: managers may have it from an earlier engine under a lower
   * one. Links tell 16 bits of it.
   */
  int firstAttempt() {
    return (epoch & 0x7F) << 8;
  }

  /** A maker of segments that no earlier engine of the run had, so that no file is made twice. */
  int maker(int number) {
    return number + (epoch << EPOCH_SHIFT);
  }
}
