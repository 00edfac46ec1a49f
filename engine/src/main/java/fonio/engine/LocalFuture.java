package fonio.engine;

import fonio.api.DependencyException;
import fonio.api.EngineLostException;
import fonio.api.InvalidResourcesException;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.TaskTimeoutException;
import fonio.api.WorkerLostException;
import fonio.kernel.Ending;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What the program sees of a task of this JVM: how it ended, and those who wait for that. */
abstract sealed class LocalFuture<T> extends Order implements TaskFuture<T> permits LocalTask {

  /*
   * Concurrency: `outcome` belongs to whoever has the task. `ending` is written last and read first by those who wait; a waiter adds
   * itself and then looks at `ending`, the holder of the baton writes `ending` and then looks for waiters.
   */

  private static final VarHandle WAKINGS;

  static {
    try {
      WAKINGS = MethodHandles.lookup().findVarHandle(LocalFuture.class, "wakings", Wakings.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Library library;
  private final long id;
  private @Nullable Object outcome;
  private volatile @Nullable Ending ending;
  private volatile @Nullable Wakings wakings;

  LocalFuture(Library library, long id) {
    this.library = library;
    this.id = id;
  }

  final Library library() {
    return library;
  }

  final boolean isOf(Library other) {
    return library == other;
  }

  @Override
  public final long id() {
    return id;
  }

  // ---- how it ended ----

  final @Nullable Object outcome() {
    return outcome;
  }

  /** Notes the value, or what there is in its place; by whoever has the task. */
  final void outcome(@Nullable Object value) {
    outcome = value;
  }

  /** How it ended; null as long as it has not. */
  final @Nullable Ending ending() {
    return ending;
  }

  /** Ends it for all who look; they are told by {@link #tell}. */
  final void ending(Ending how) {
    ending = how;
  }

  @Override
  public final boolean isDone() {
    return ending != null;
  }

  @Override
  public final boolean isCancelled() {
    return ending == Ending.CANCELLED;
  }

  final boolean isGood() {
    return ending == Ending.SUCCEEDED;
  }

  // ---- those who wait ----

  final boolean isAwaited() {
    return wakings != null;
  }

  /** Wakes those who wait; each once. */
  final void tell() {
    Wakings all = (Wakings) WAKINGS.getAndSet(this, null);
    while (all != null) {
      all.action().run();
      all = all.others();
    }
  }

  /** Does something when the task has ended, or now; on the thread that ends it. */
  final void whenEnded(Runnable action) {
    Wakings top;
    do {
      top = wakings;
    } while (!WAKINGS.compareAndSet(this, top, new Wakings(action, top)));
    if (ending != null) {
      tell();
    }
  }

  @Override
  public final T join() {
    library.callers().awaitUninterruptibly(this);
    RuntimeException error = error();
    if (error != null) {
      throw error;
    }
    return value();
  }

  @SuppressWarnings({"unchecked", "NullAway"})
  private T value() {
    return (T) outcome;
  }

  /** Why there is no result; null if there is one. */
  private @Nullable RuntimeException error() {
    Ending how = ending;
    if (how == Ending.SUCCEEDED) {
      return null;
    }
    if (how == Ending.CANCELLED) {
      return new CancellationException("task " + id + " was cancelled");
    }
    return switch (outcome) {
      case Failure(String chain, Throwable root) -> new DependencyException(id, chain, root);
      case WorkerLostException lost -> lost;
      case TaskTimeoutException late -> late;
      case InvalidResourcesException refused -> refused;
      case BrokenRun(Throwable cause) -> new EngineLostException(id, cause);
      case Throwable cause -> new TaskFailedException(id, cause);
      case null, default -> new CancellationException("task " + id + " was cancelled");
    };
  }

  @Override
  public final T get() throws InterruptedException, ExecutionException {
    library.callers().await(this, Long.MAX_VALUE);
    return got();
  }

  @Override
  public final T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!library.callers().await(this, System.nanoTime() + unit.toNanos(timeout))) {
      throw new TimeoutException(
          "task " + id + " has no result after " + unit.toMillis(timeout) + " ms");
    }
    return got();
  }

  private T got() throws ExecutionException {
    return switch (error()) {
      case null -> value();
      case TaskFailedException e -> throw new ExecutionException(e.getMessage(), e.getCause());
      case CancellationException e -> throw e;
      case RuntimeException e -> throw new ExecutionException(e);
    };
  }

  @Override
  public final boolean cancel(boolean mayInterruptIfRunning) {
    return mayInterruptIfRunning ? kill() : cancel();
  }

  @Override
  public final CompletableFuture<T> toCompletableFuture() {
    CompletableFuture<T> view = new CompletableFuture<>();
    whenEnded(() -> {
      RuntimeException error = error();
      if (error == null) {
        view.complete(value());
      } else {
        view.completeExceptionally(error);
      }
    });
    return view;
  }

  /** The lane that runs it. */
  abstract ThreadLane lane();
}
