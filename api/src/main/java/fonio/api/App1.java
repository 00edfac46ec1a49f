package fonio.api;

import fonio.api.spi.Body;
import fonio.api.spi.Calls;
import java.util.stream.Stream;

/** A function of 1 argument whose calls are tasks. */
public final class App1<A, R> {
  private final Calls calls;
  private final Body body;
  private final Options options;

  /** For engines: a function without its types, and where its calls go. */
  public App1(Calls calls, Body body, Options options) {
    this.calls = calls;
    this.body = body;
    this.options = options;
  }

  /** The same app with other options. */
  public App1<A, R> with(Options others) {
    return new App1<>(calls, body, others);
  }

  /** Makes a task of values. */
  public TaskFuture<R> call(A a) {
    return calls.call(body, options, new Object[] {a});
  }

  /** Makes a task that waits for those arguments that are futures. */
  public TaskFuture<R> call(Arg<? extends A> a) {
    return calls.call(body, options, new Object[] {a});
  }

  /**
   * Calls of many arguments: lazy, the results in the order of the arguments, a window of calls
   * ahead of what is read.
   */
  public Stream<R> map(Stream<? extends A> arguments) {
    return Windows.map(arguments, a -> call((A) a));
  }
}
