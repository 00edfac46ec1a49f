package fonio.engine;

import fonio.api.DependencyException;
import fonio.api.EngineLostException;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.TaskTimeoutException;
import fonio.api.WorkerLostException;
import fonio.api.spi.Body;
import fonio.kernel.Ending;
import fonio.kernel.TaskState;
import fonio.worker.Values;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A task of this JVM: its future, its function with arguments, and the order that it stands for.
 */
sealed class LocalTask<T> extends Order implements TaskFuture<T> permits RemoteTask {

  /*
   * Concurrency: row, attempt, isTaken and phase belong to whoever has the task: its maker until it is pushed, the holder of the baton, the
   * thread that runs it, the holder again; each hand-over is a push or a take. `ending` is written last and read first by those who
   * wait; a waiter adds itself and then looks at `ending`, the holder writes `ending` and then looks for waiters.
   * `runner` is the running thread, KILLING while someone interrupts it, KILLED from then on, so that no other task is interrupted.
   */

  private static final VarHandle WAKINGS;
  private static final VarHandle RUNNER;
  private static final Object KILLING = "killing";
  private static final Object KILLED = "killed";
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  static {
    try {
      var lookup = MethodHandles.lookup();
      WAKINGS = lookup.findVarHandle(LocalTask.class, "wakings", Wakings.class);
      RUNNER = lookup.findVarHandle(LocalTask.class, "runner", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private enum Phase {
    NEW,
    RUNS,
    GAVE_VALUE,
    THREW,
    WAS_KILLED
  }

  private final Library library;
  private final long id;
  private final Route route;
  private final Body body;
  private @Nullable Object @Nullable [] arguments;
  private Phase phase = Phase.NEW;
  private boolean ranOnThread;
  private @Nullable Object outcome;
  long row;
  int attempt;

  /** Whether a thread of this JVM has it, to run it or to give it back. */
  boolean isTaken;

  private volatile @Nullable Ending ending;
  private volatile @Nullable Wakings wakings;
  private volatile @Nullable Object runner;
  private @Nullable Note note;

  LocalTask(Library library, long id, Route route, Body body, @Nullable Object[] arguments) {
    this.library = library;
    this.id = id;
    this.route = route;
    this.body = body;
    this.arguments = arguments;
  }

  /** Takes the call down for other runs; before the task is pushed. */
  final void take(@Nullable Note of) {
    note = of;
  }

  // ---- the way of the task; by the holder of the baton, but for run ----

  @Override
  void carryOut(Core core) {
    switch (phase) {
      case NEW -> submit(core);
      case RUNS -> throw new IllegalStateException("task " + id + " was pushed while it runs");
      case GAVE_VALUE -> {
        giveBack();
        core.kernel.succeeded(row, attempt);
      }
      case THREW -> {
        giveBack();
        core.kernel.failed(row, attempt);
      }
      case WAS_KILLED -> {
        giveBack();
        core.kernel.cancelled(row, attempt);
      }
    }
    core.settle();
  }

  private void giveBack() {
    isTaken = false;
    route.lane().free++;
    if (ranOnThread) {
      route.lane().searching++;
    }
  }

  @Override
  void giveUp(Core core, BrokenRun broken) {
    if (ending == null) {
      boolean wasKilled = phase == Phase.WAS_KILLED;
      outcome = wasKilled ? null : broken;
      core.lost += wasKilled ? 0 : 1;
      end(wasKilled ? Ending.CANCELLED : Ending.FAILED, null);
      core.finished(this);
    }
  }

  private void submit(Core core) {
    phase = Phase.RUNS;
    @Nullable Object[] given = arguments;
    long[] parents = new long[given == null ? 0 : given.length];
    int count = 0;
    for (int i = 0; i < parents.length; i++) {
      if (given != null && given[i] instanceof LocalTask<?> parent) {
        Ending how = parent.ending;
        if (how == null) {
          parents[count++] = parent.row;
        } else if (how != Ending.SUCCEEDED) {
          core.stillborn++;
          end(Ending.DEPENDENCY_FAILED, parent);
          core.finished(this);
          return;
        }
      }
    }
    core.submit(this, route.classId(), parents, count, note != null);
  }

  /** All parents have ended well: has the result of another run looked up. */
  void lookUp() {
    if (note != null) {
      note.lookUp(this);
    }
  }

  /** No other run has a result; the task is ready. */
  void notFound(Core core) {
    core.kernel.notFound(row);
  }

  /**
   * Ends by the result of another run.
   *
   * @return false if the task waits for none any more
   */
  boolean found(Core core, @Nullable Object value) {
    if (core.kernel.state(row) != TaskState.LOOKING_UP) {
      return false;
    }
    outcome = value;
    core.kernel.found(row, true);
    core.settle();
    return true;
  }

  /** A digest of the result, of a task that has one. */
  byte[] resultDigest() throws IOException {
    byte[] noted = note == null ? null : note.digest();
    return noted == null ? Sha256.of(Values.encode(outcome)) : noted;
  }

  /** Runs the function and notes what came of it; the task is to be pushed then. */
  void run(boolean onThread) {
    ranOnThread = onThread;
    Thread own = Thread.currentThread();
    if (!RUNNER.compareAndSet(this, null, own)) {
      phase = Phase.WAS_KILLED;
      return;
    }
    try {
      outcome = body.run(values());
      if (note != null) {
        note.ran(outcome);
      }
      phase = Phase.GAVE_VALUE;
    } catch (Throwable e) {
      outcome = e;
      phase = Phase.THREW;
    }
    if (!RUNNER.compareAndSet(this, own, null)) {
      while (!KILLED.equals(runner)) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
      phase = Phase.WAS_KILLED;
    }
  }

  private @Nullable Object[] values() {
    @Nullable Object[] given = arguments;
    if (given == null) {
      throw new IllegalStateException("task " + id + " has ended and cannot run");
    }
    @Nullable Object[] values = new Object[given.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = given[i] instanceof LocalTask<?> parent ? parent.outcome : given[i];
    }
    return values;
  }

  /** What came of a run elsewhere; by the holder of the baton. */
  final void outcome(@Nullable Object value) {
    outcome = value;
  }

  /** The bytes of a value that came of a run elsewhere. */
  final void gave(byte[] bytes, int from, int length) {
    if (note != null) {
      note.gave(Arrays.copyOfRange(bytes, from, from + length));
    }
  }

  final @Nullable Object outcome() {
    return outcome;
  }

  final @Nullable Object[] arguments() {
    @Nullable Object[] given = arguments;
    return given == null ? NO_ARGUMENTS : given;
  }

  final Library library() {
    return library;
  }

  /** Forgets what it holds beside its arguments; also of a task that is never pushed. */
  void drop() {}

  void end(Ending how, @Nullable LocalTask<?> cause) {
    if (how == Ending.DEPENDENCY_FAILED && cause != null) {
      outcome = failure(cause);
    }
    arguments = null;
    if (note != null) {
      note.ended(how == Ending.SUCCEEDED);
    }
    ending = how;
  }

  private Failure failure(LocalTask<?> cause) {
    LocalTask<?> parent = cause;
    @Nullable Object[] given = arguments;
    if (given != null) {
      for (Object argument : given) {
        if (argument instanceof LocalTask<?> other
            && other.ending != null
            && other.ending != Ending.SUCCEEDED) {
          parent = other;
          break;
        }
      }
    }
    String name = "task " + id;
    return switch (parent.outcome) {
      case Failure(String chain, Throwable root) -> new Failure(Chains.longer(name, chain), root);
      case Throwable root -> new Failure(Chains.longer(name, "task " + parent.id), root);
      case null, default ->
          new Failure(
              Chains.longer(name, "task " + parent.id),
              new CancellationException("task " + parent.id + " was cancelled"));
    };
  }

  /** Ends a promise as another task ended. */
  void fulfil(Core core, LocalTask<?> as) {
    Ending how = as.ending;
    if (ending == null && how != null) {
      outcome = as.outcome;
      core.kernel.fulfil(row, how);
      core.settle();
    }
  }

  boolean isAwaited() {
    return wakings != null;
  }

  /** Wakes those who wait; each once. */
  void tell() {
    Wakings all = (Wakings) WAKINGS.getAndSet(this, null);
    while (all != null) {
      all.action().run();
      all = all.others();
    }
  }

  /** Does something when the task has ended, or now; on the thread that ends it. */
  void whenEnded(Runnable action) {
    Wakings top;
    do {
      top = wakings;
    } while (!WAKINGS.compareAndSet(this, top, new Wakings(action, top)));
    if (ending != null) {
      tell();
    }
  }

  // ---- what the user sees ----

  boolean isOf(Library other) {
    return library == other;
  }

  ThreadLane lane() {
    return route.lane();
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public boolean isDone() {
    return ending != null;
  }

  @Override
  public boolean isCancelled() {
    return ending == Ending.CANCELLED;
  }

  boolean isGood() {
    return ending == Ending.SUCCEEDED;
  }

  @Override
  public T join() {
    library.awaitUninterruptibly(this);
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
      case BrokenRun(Throwable cause) -> new EngineLostException(id, cause);
      case Throwable cause -> new TaskFailedException(id, cause);
      case null, default -> new CancellationException("task " + id + " was cancelled");
    };
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    library.await(this, Long.MAX_VALUE);
    return got();
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (!library.await(this, System.nanoTime() + unit.toNanos(timeout))) {
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
  public boolean cancel(boolean mayInterruptIfRunning) {
    return mayInterruptIfRunning ? kill() : cancel();
  }

  @Override
  public boolean cancel() {
    return library.cancel(this);
  }

  @Override
  public boolean kill() {
    if (cancel()) {
      return true;
    }
    while (ending == null) {
      Object now = runner;
      if (KILLED.equals(now) || (now instanceof Thread own && interrupt(own))) {
        return true;
      }
      if (now == null && cancel()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private boolean interrupt(Thread running) {
    if (!RUNNER.compareAndSet(this, running, KILLING)) {
      return false;
    }
    running.interrupt();
    runner = KILLED;
    return true;
  }

  @Override
  public CompletableFuture<T> toCompletableFuture() {
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
}
