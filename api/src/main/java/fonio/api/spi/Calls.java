package fonio.api.spi;

import fonio.api.Options;
import fonio.api.TaskFuture;
import org.jspecify.annotations.Nullable;

/** Where the calls of apps go: an engine. */
@FunctionalInterface
public interface Calls {

  /**
   * Makes a task.
   *
   * @param arguments values, and futures of the same engine whose values are waited for
   */
  <R> TaskFuture<R> call(Body body, Options options, @Nullable Object[] arguments);
}
