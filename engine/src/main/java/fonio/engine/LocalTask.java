package fonio.engine;

import fonio.api.spi.Body;
import fonio.kernel.Ending;
import fonio.kernel.TaskState;
import fonio.worker.Values;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A task of this JVM on its way: its function with arguments, and the order that it stands for. */
sealed class LocalTask<T> extends LocalFuture<T> permits RemoteTask {

  /*
   * Concurrency: row, attempt, isTaken and phase belong to whoever has the task: its maker until it is pushed, the holder of the baton, the
   * thread that runs it, the holder again; each hand-over is a push or a take.
   * `runner` is the running thread, KILLING while someone interrupts it, KILLED from then on, so that no other task is interrupted.
   */

  private static final VarHandle RUNNER;
  private static final Object KILLING = "killing";
  private static final Object KILLED = "killed";
  private static final @Nullable Object[] NO_ARGUMENTS = {};

  static {
    try {
      RUNNER = MethodHandles.lookup().findVarHandle(LocalTask.class, "runner", Object.class);
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

  private final Route route;
  private final Body body;
  private @Nullable Object @Nullable [] arguments;
  private Phase phase = Phase.NEW;
  private boolean ranOnThread;
  long row;
  int attempt;

  /** Whether a thread of this JVM has it, to run it or to give it back. */
  boolean isTaken;

  private volatile @Nullable Object runner;
  private @Nullable Note note;

  LocalTask(Library library, long id, Route route, Body body, @Nullable Object[] arguments) {
    super(library, id);
    this.route = route;
    this.body = body;
    this.arguments = arguments;
  }

  /** Takes the call down for other runs; before the task is pushed. */
  final void take(@Nullable Note of) {
    note = of;
  }

  // ---- by the holder of the baton, but for run ----

  @Override
  void carryOut(Core core) {
    switch (phase) {
      case NEW -> submit(core);
      case RUNS -> throw new IllegalStateException("task " + id() + " was pushed while it runs");
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
    if (!isDone()) {
      boolean wasKilled = phase == Phase.WAS_KILLED;
      outcome(wasKilled ? null : broken);
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
        Ending how = parent.ending();
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
    outcome(value);
    core.kernel.found(row, true);
    core.settle();
    return true;
  }

  /** A digest of the result, of a task that has one. */
  byte[] resultDigest() throws IOException {
    byte[] noted = note == null ? null : note.digest();
    return noted == null ? Sha256.of(Values.encode(outcome())) : noted;
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
      Object value = body.run(values());
      outcome(value);
      if (note != null) {
        note.ran(value);
      }
      phase = Phase.GAVE_VALUE;
    } catch (Throwable e) {
      outcome(e);
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
      throw new IllegalStateException("task " + id() + " has ended and cannot run");
    }
    @Nullable Object[] values = new Object[given.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = given[i] instanceof LocalTask<?> parent ? parent.outcome() : given[i];
    }
    return values;
  }

  /** The bytes of a value that came of a run elsewhere. */
  final void gave(byte[] bytes, int from, int length) {
    if (note != null) {
      note.gave(Arrays.copyOfRange(bytes, from, from + length));
    }
  }

  final @Nullable Object[] arguments() {
    @Nullable Object[] given = arguments;
    return given == null ? NO_ARGUMENTS : given;
  }

  /** Forgets what it holds beside its arguments; also of a task that is never pushed. */
  void drop() {}

  void end(Ending how, @Nullable LocalTask<?> cause) {
    if (how == Ending.DEPENDENCY_FAILED && cause != null) {
      outcome(failure(cause));
    }
    arguments = null;
    if (note != null) {
      note.ended(how == Ending.SUCCEEDED);
    }
    ending(how);
  }

  private Failure failure(LocalTask<?> cause) {
    LocalTask<?> parent = cause;
    @Nullable Object[] given = arguments;
    if (given != null) {
      for (Object argument : given) {
        if (argument instanceof LocalTask<?> other && other.isDone() && !other.isGood()) {
          parent = other;
          break;
        }
      }
    }
    String name = "task " + id();
    return switch (parent.outcome()) {
      case Failure(String chain, Throwable root) -> new Failure(Chains.longer(name, chain), root);
      case Throwable root -> new Failure(Chains.longer(name, "task " + parent.id()), root);
      case null, default ->
          new Failure(
              Chains.longer(name, "task " + parent.id()),
              new CancellationException("task " + parent.id() + " was cancelled"));
    };
  }

  /** Ends a promise as another task ended. */
  void fulfil(Core core, LocalTask<?> as) {
    Ending how = as.ending();
    if (!isDone() && how != null) {
      outcome(as.outcome());
      core.kernel.fulfil(row, how);
      core.settle();
    }
  }

  @Override
  final ThreadLane lane() {
    return route.lane();
  }

  @Override
  public boolean cancel() {
    return library().cancel(this);
  }

  @Override
  public boolean kill() {
    if (cancel()) {
      return true;
    }
    while (!isDone()) {
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
}
