package fonio.api;

import fonio.api.spi.Body;
import fonio.api.spi.Calls;

/** A function of 4 arguments whose calls are tasks. */
public final class App4<A, B, C, D, R> {
  private final Calls calls;
  private final Body body;
  private final Options options;

  /** For engines: a function without its types, and where its calls go. */
  public App4(Calls calls, Body body, Options options) {
    this.calls = calls;
    this.body = body;
    this.options = options;
  }

  /** The same app with other options. */
  public App4<A, B, C, D, R> with(Options others) {
    return new App4<>(calls, body, others);
  }

  /** Makes a task of values. */
  public TaskFuture<R> call(A a, B b, C c, D d) {
    return calls.call(body, options, new Object[] {a, b, c, d});
  }

  /** Makes a task that waits for those arguments that are futures. */
  public TaskFuture<R> call(
      Arg<? extends A> a, Arg<? extends B> b, Arg<? extends C> c, Arg<? extends D> d) {
    return calls.call(body, options, new Object[] {a, b, c, d});
  }
}
