package fonio.engine;

import fonio.api.App0;
import fonio.api.App1;
import fonio.api.App2;
import fonio.api.App3;
import fonio.api.App4;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.Task0;
import fonio.api.Task1;
import fonio.api.Task2;
import fonio.api.Task3;
import fonio.api.Task4;
import fonio.api.TaskFuture;
import fonio.api.spi.Body;
import fonio.api.spi.Calls;
import org.jspecify.annotations.Nullable;

/** Apps of typed functions. */
@SuppressWarnings({"unchecked", "NullAway"})
abstract class AppMaker implements Engine {

  @Override
  public abstract Calls calls();

  abstract <R> TaskFuture<R> joined(Body body, Options options, @Nullable Object[] arguments);

  /** Where the calls of join apps go. */
  private Calls joins() {
    return this::joined;
  }

  @Override
  public App0<Integer> shell(String line) {
    return app(() -> Shell.run(line));
  }

  @Override
  public <R> App0<R> app(Task0<R> function) {
    return new App0<>(calls(), a -> function.run(), Options.defaults());
  }

  @Override
  public <R> App0<R> join(Task0<TaskFuture<R>> function) {
    return new App0<>(joins(), a -> function.run(), Options.defaults());
  }

  @Override
  public <A, R> App1<A, R> app(Task1<A, R> function) {
    return new App1<>(calls(), a -> function.run((A) a[0]), Options.defaults());
  }

  @Override
  public <A, R> App1<A, R> join(Task1<A, TaskFuture<R>> function) {
    return new App1<>(joins(), a -> function.run((A) a[0]), Options.defaults());
  }

  @Override
  public <A, B, R> App2<A, B, R> app(Task2<A, B, R> function) {
    return new App2<>(calls(), a -> function.run((A) a[0], (B) a[1]), Options.defaults());
  }

  @Override
  public <A, B, R> App2<A, B, R> join(Task2<A, B, TaskFuture<R>> function) {
    return new App2<>(joins(), a -> function.run((A) a[0], (B) a[1]), Options.defaults());
  }

  @Override
  public <A, B, C, R> App3<A, B, C, R> app(Task3<A, B, C, R> function) {
    return new App3<>(calls(), a -> function.run((A) a[0], (B) a[1], (C) a[2]), Options.defaults());
  }

  @Override
  public <A, B, C, D, R> App4<A, B, C, D, R> app(Task4<A, B, C, D, R> function) {
    return new App4<>(
        calls(), a -> function.run((A) a[0], (B) a[1], (C) a[2], (D) a[3]), Options.defaults());
  }
}
