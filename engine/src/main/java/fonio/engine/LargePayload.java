package fonio.engine;

import fonio.worker.LargeValues;
import java.io.UncheckedIOException;

/**
 * A payload of tasks in a segment, which is removed when the last task that claimed it has ended.
 *
 * <p>Claims are made and given up by the holder of the baton, the first one by its maker.
 */
final class LargePayload {
  private final LargeValues values;
  private final byte[] reference;
  private int claims;

  LargePayload(LargeValues values, byte[] bytes) {
    this.values = values;
    this.reference = values.store(bytes);
  }

  byte[] reference() {
    return reference;
  }

  void claim() {
    claims++;
  }

  void giveUp() {
    if (--claims == 0) {
      try {
        values.delete(reference, 0);
      } catch (UncheckedIOException busy) {
        System.err.println("fonio: a segment stays to the end of the run: " + busy.getMessage());
      }
    }
  }

  boolean isRemoved() {
    return claims == 0;
  }
}
