package fonio.engine;

import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.Options;
import fonio.kernel.TaskClass;
import fonio.testkit.Effort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A task that is killed while a thread takes it, runs it or gives it back either ends as cancelled,
 * and the killer is told so, or has its value; the interrupt reaches that task or nobody.
 */
@Tag("concurrency")
public class KillConcurrencyTest {
  private static final int TASKS = 16;

  private final Library library =
      new Library(
          new Settings(
              List.of(),
              0,
              Integer.MAX_VALUE,
              Path.of(".fonio"),
              true,
              CheckpointMode.NONE,
              Duration.ZERO,
              Scaling.of(Config.defaults())));
  private final Core core = library.core;
  private int ran;
  private int killed;
  private final ThreadLane[] lanes = new ThreadLane[TASKS];
  private final LocalTask<?>[] tasks = new LocalTask<?>[TASKS];

  /** Makes tasks that are each in a lane of their own, so that each can be asked for. */
  public KillConcurrencyTest() {
    for (int i = 0; i < TASKS; i++) {
      lanes[i] = new ThreadLane(i, "lane " + i, 1);
      core.define(i + 1, TaskClass.ofLane(i));
      tasks[i] =
          new LocalTask<>(
              library,
              i,
              new Route(Options.defaults(), i + 1, lanes[i]),
              given -> Thread.currentThread().isInterrupted() ? "interrupted" : "value",
              new Object[0]);
      core.push(tasks[i]);
    }
    core.turn();
  }

  /** Runs the next task, if it is not killed before; what came of it. */
  @Operation(nonParallelGroup = "runner")
  public String run() {
    int i = ran++;
    LocalTask<?> taken = null;
    while (taken == null && !tasks[i].isDone()) {
      taken = core.turn(lanes[i], null, false);
    }
    boolean strayed = Thread.interrupted();
    if (taken != null) {
      taken.run(false);
      strayed |= Thread.interrupted();
      core.push(taken);
      core.turn();
    }
    while (!tasks[i].isDone()) {
      Thread.onSpinWait();
    }
    if (strayed) {
      return "interrupted outside of its task";
    }
    return tasks[i].isCancelled() ? "killed" : String.valueOf(tasks[i].outcome());
  }

  /** Kills the next task; whether it had not ended. */
  @Operation(nonParallelGroup = "killer")
  public boolean kill() {
    return tasks[killed++].kill();
  }

  /** Gives back the memory. */
  @Validate
  public void close() {
    core.kernel.close();
  }

  /** The same without concurrency. */
  public static class Duel {
    private int ran;
    private int killed;

    /** The next task has its value, unless it is killed. */
    public String run() {
      return ran++ < killed ? "killed" : "value";
    }

    /** The next task is killed, unless it has run. */
    public boolean kill() {
      return killed++ >= ran;
    }
  }

  @Test
  void killerAndTaskAgreeUnderStress() {
    new StressOptions()
        .iterations(Effort.of(5))
        .invocationsPerIteration(500)
        .threads(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(Duel.class)
        .check(KillConcurrencyTest.class);
  }

  @Test
  void killerAndTaskAgreeInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(Effort.of(5))
        .invocationsPerIteration(200)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(Duel.class)
        .check(KillConcurrencyTest.class);
  }
}
