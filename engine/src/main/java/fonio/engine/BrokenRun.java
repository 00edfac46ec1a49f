package fonio.engine;

/**
 * The end of a run whose kernel failed while an order was carried out: what that failed of, and the
 * outcome of all tasks that were not done.
 */
record BrokenRun(Throwable cause) {

  /** Refuses a call. */
  IllegalStateException refusal() {
    return new IllegalStateException(
        "the engine of this run failed: %s; this is a fault of Fonio: close the engine, start another, and report the cause"
            .formatted(cause),
        cause);
  }
}
