package fonio.engine;

import fonio.api.InvalidResourcesException;
import fonio.api.TaskException;
import fonio.api.TaskTimeoutException;
import fonio.api.WorkerLostException;
import fonio.executors.Outcomes;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.Status;
import fonio.worker.Errors;
import fonio.worker.LargeValues;
import fonio.worker.Values;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What worker processes answer, put into this JVM's tasks; only for the holder of the baton. */
final class LaneOutcomes implements Outcomes {
  private static final String TIMEOUT = "AppTimeout";

  /** The faults of tasks that ask for more than there is. */
  private static final Set<String> REFUSED = Set.of("InvalidResources", "MPINodesUnavailable");

  private final Core core;
  private final LargeValues large;
  private final Optional<Duration> walltime;
  private final Recalls recalls;

  LaneOutcomes(Core core, LargeValues large, Optional<Duration> walltime, Recalls recalls) {
    this.core = core;
    this.recalls = recalls;
    this.large = large;
    this.walltime = walltime;
  }

  @Override
  public void results(FrameView frame, long[] tasks, int[] attempts, int from) {
    for (int i = 0; i < frame.count(); i++) {
      long row = tasks[from + i];
      int attempt = attempts[from + i];
      LocalTask<?> task = current(row, attempt);
      boolean good = task != null && takes(task, frame, i);
      if (frame.isSegment(i)) {
        large.delete(frame.array(), frame.payloadOffset(i));
      }
      if (task != null) {
        answer(row, attempt, frame.status(i), good);
      }
    }
    core.settle();
  }

  /** Takes what came of a task, which has not ended yet; whether that is a value. */
  private boolean takes(LocalTask<?> task, FrameView frame, int i) {
    switch (frame.status(i)) {
      case Status.OK -> {
        return takesValue(task, frame, i);
      }
      case Status.SKIPPED -> {}
      default -> task.outcome(error(frame, i));
    }
    return false;
  }

  private void answer(long row, int attempt, int status, boolean good) {
    if (status == Status.SKIPPED) {
      core.kernel.returned(row, attempt);
    } else if (good) {
      core.kernel.succeeded(row, attempt);
    } else {
      core.kernel.failed(row, attempt);
    }
  }

  private boolean takesValue(LocalTask<?> task, FrameView frame, int i) {
    try {
      int at = frame.payloadOffset(i);
      if (frame.isSegment(i)) {
        byte[] bytes = large.load(frame.array(), at);
        task.outcome(Values.decode(bytes, 0, bytes.length));
        task.gave(bytes, 0, bytes.length);
      } else {
        task.outcome(Values.decode(frame.array(), at, frame.length(i)));
        task.gave(frame.array(), at, frame.length(i));
      }
      return true;
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError
        | OutOfMemoryError e) {
      task.outcome(new IllegalStateException("the result cannot be read here: " + e, e));
      return false;
    }
  }

  private Throwable error(FrameView frame, int i) {
    int at = frame.payloadOffset(i);
    if (!frame.isSegment(i)) {
      return Errors.decode(frame.array(), at, frame.length(i));
    }
    try {
      byte[] bytes = large.load(frame.array(), at);
      return Errors.decode(bytes, 0, bytes.length);
    } catch (IOException | OutOfMemoryError e) {
      return new IllegalStateException("what a task threw cannot be read here: " + e, e);
    }
  }

  /** The task, if the attempt is its present one. */
  private @Nullable LocalTask<?> current(long row, int attempt) {
    return core.kernel.knows(row) && core.kernel.attempt(row) == attempt
        ? core.tasks.get(row)
        : null;
  }

  @Override
  public void returned(long row, int attempt) {
    core.kernel.returned(row, attempt);
    core.settle();
  }

  @Override
  public void lost(long row, int attempt, Fault fault) {
    LocalTask<?> task = current(row, attempt);
    if (task != null) {
      task.outcome(new WorkerLostException(task.id(), text(fault)));
      core.kernel.lost(row, attempt);
      core.settle();
    }
  }

  @Override
  public void killed(long row, int attempt) {
    core.kernel.cancelled(row, attempt);
    core.settle();
  }

  @Override
  public void failed(long row, int attempt, Fault fault) {
    LocalTask<?> task = current(row, attempt);
    if (task != null) {
      task.outcome(ended(task, fault));
      core.kernel.failed(row, attempt);
      core.settle();
    }
  }

  /** The error of a task that its executor ended. */
  private TaskException ended(LocalTask<?> task, Fault fault) {
    if (REFUSED.contains(fault.name())) {
      return new InvalidResourcesException(task.id(), text(fault));
    }
    return fault.name().equals(TIMEOUT) && walltime.isPresent()
        ? new TaskTimeoutException(task.id(), walltime.get())
        : new WorkerLostException(task.id(), text(fault));
  }

  @Override
  public void recalled(long row) {
    recalls.done(row, core.kernel.cancel(row));
    core.settle();
  }

  @Override
  public void tooLate(long row) {
    recalls.done(row, false);
  }

  @Override
  public void unusable(int lane, Fault fault) {
    long[] taken = new long[1];
    while (core.kernel.take(lane, 1, taken, 0) > 0) {
      failed(taken[0], core.kernel.attempt(taken[0]), fault);
    }
  }

  @Override
  public void output(int worker, boolean error, String text) {
    (error ? System.err : System.out).print(text);
  }

  private static String text(Fault fault) {
    String lines = fault.details().getOrDefault("stderr", "");
    return lines.isBlank() ? fault.message() : fault.message() + "\n" + lines.strip();
  }
}
