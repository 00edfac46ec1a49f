package fonio.engine;

import fonio.api.Options;
import fonio.kernel.Ending;
import fonio.testkit.Effort;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whoever waits for the end of a task is woken once, whether it comes before the end, after it, or
 * together with it; and who sees the end sees the result.
 */
@Tag("concurrency")
public class WakingConcurrencyTest {
  private static final Route ROUTE =
      new Route(Options.defaults(), 1, new ThreadLane(0, "lane", 1));

  private final LocalTask<String> task =
      new LocalTask<>(null, 1, ROUTE, given -> null, new Object[0]);
  private final List<Waiter> first = new ArrayList<>();
  private final List<Waiter> second = new ArrayList<>();

  /** One who waits. */
  private static final class Waiter {
    private int woken;

    private void wake() {
      woken++;
    }
  }

  private void await(List<Waiter> waiters) {
    Waiter waiter = new Waiter();
    waiters.add(waiter);
    task.whenEnded(waiter::wake);
  }

  /** Waits, on one thread at a time. */
  @Operation(nonParallelGroup = "first")
  public void await() {
    await(first);
  }

  /** Waits, on another thread. */
  @Operation(nonParallelGroup = "second")
  public void awaitToo() {
    await(second);
  }

  /** Ends the task and wakes who waits, as the holder of the baton does. */
  @Operation(nonParallelGroup = "holder")
  public void end() {
    if (!task.isDone()) {
      task.outcome("value");
      task.end(Ending.SUCCEEDED, null);
      if (task.isAwaited()) {
        task.tell();
      }
    }
  }

  /** The result, if it is there. */
  @Operation
  public String look() {
    return task.isDone() ? String.valueOf(task.outcome()) : "nothing yet";
  }

  /** What holds when all have returned. */
  @Validate
  public void everyoneIsWokenOnce() {
    int expected = task.isDone() ? 1 : 0;
    for (List<Waiter> waiters : List.of(first, second)) {
      for (Waiter waiter : waiters) {
        if (waiter.woken != expected) {
          throw new IllegalStateException(
              "one who waited was woken %d times, not %d".formatted(waiter.woken, expected));
        }
      }
    }
  }

  /** The same without concurrency. */
  public static class Cell {
    private String value = "nothing yet";

    /** Waits. */
    public void await() {}

    /** Waits. */
    public void awaitToo() {}

    /** Has the result from here on. */
    public void end() {
      value = "value";
    }

    /** The result, if it is there. */
    public String look() {
      return value;
    }
  }

  @Test
  void everyoneIsWokenOnceUnderStress() {
    new StressOptions()
        .iterations(Effort.of(6))
        .invocationsPerIteration(1_000)
        .threads(3)
        .sequentialSpecification(Cell.class)
        .check(WakingConcurrencyTest.class);
  }

  @Test
  void everyoneIsWokenOnceInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(Effort.of(8))
        .invocationsPerIteration(300)
        .threads(3)
        .actorsPerThread(2)
        .sequentialSpecification(Cell.class)
        .check(WakingConcurrencyTest.class);
  }
}
