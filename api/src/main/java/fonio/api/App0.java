package fonio.api;

import fonio.api.spi.Body;
import fonio.api.spi.Calls;

/** A function of 0 arguments whose calls are tasks. */
public final class App0<R> {
  private final Calls calls;
  private final Body body;
  private final Options options;

  /** For engines: a function without its types, and where its calls go. */
  public App0(Calls calls, Body body, Options options) {
    this.calls = calls;
    this.body = body;
    this.options = options;
  }

  /** The same app with other options. */
  public App0<R> with(Options others) {
    return new App0<>(calls, body, others);
  }

  /** Makes a task. */
  public TaskFuture<R> call() {
    return calls.call(body, options, new Object[0]);
  }
}
