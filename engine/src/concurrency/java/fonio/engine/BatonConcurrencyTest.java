package fonio.engine;

import fonio.testkit.Effort;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * When all who pushed orders have returned, each order has been carried out once, those of one
 * pusher in their order, and never two at the same time.
 */
@Tag("concurrency")
public class BatonConcurrencyTest {
  private static final int MOST_THREADS = 8;

  private final Core core = new Core();
  private final int[] pushed = new int[MOST_THREADS];
  private final int[] due = new int[MOST_THREADS];
  private boolean busy;
  private boolean overlapped;
  private boolean disordered;
  private int carriedOut;
  private int holds;
  private int wanted;

  /** An order that knows its pusher and its place among that one's. */
  private final class Note extends Order {
    private final int pusher;
    private final int number;

    Note(int pusher, int number) {
      this.pusher = pusher;
      this.number = number;
    }

    @Override
    void carryOut(Core with) {
      overlapped |= busy;
      busy = true;
      disordered |= due[pusher] != number;
      due[pusher]++;
      carriedOut++;
      busy = false;
    }
  }

  /** Pushes an order and does what is ordered, unless another does. */
  @Operation
  public void order(@Param(gen = ThreadIdGen.class) int thread) {
    core.push(new Note(thread, pushed[thread]++));
    core.turn();
  }

  /** Pushes two at once, so that one holder may find both. */
  @Operation
  public void orderTwo(@Param(gen = ThreadIdGen.class) int thread) {
    core.push(new Note(thread, pushed[thread]++));
    core.push(new Note(thread, pushed[thread]++));
    core.turn();
  }

  /** Holds the baton for something else, if it is free, as the thread of worker processes does. */
  @Operation(nonParallelGroup = "processes")
  public void hold() {
    boolean held =
        core.held(() -> {
          overlapped |= busy;
          busy = true;
          holds++;
          busy = false;
        });
    wanted += held ? 1 : 0;
  }

  /** What holds when all have returned. */
  @Validate
  public void nothingIsLeftBehind() {
    int all = 0;
    for (int count : pushed) {
      all += count;
    }
    if (overlapped || disordered || carriedOut != all || holds != wanted || core.hasOrders()) {
      throw new IllegalStateException(
          "of %d orders %d were carried out, of %d holds %d; two at a time: %b; out of order: %b"
              .formatted(all, carriedOut, wanted, holds, overlapped, disordered));
    }
  }

  /** The same without concurrency: nobody sees a result. */
  public static class Nothing {
    /** Pushes an order. */
    public void order(int thread) {}

    /** Pushes two. */
    public void orderTwo(int thread) {}

    /** Holds the baton. */
    public void hold() {}
  }

  @Test
  void everyOrderIsCarriedOutOnceUnderStress() {
    new StressOptions()
        .iterations(Effort.of(6))
        .invocationsPerIteration(1_000)
        .threads(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(Nothing.class)
        .check(BatonConcurrencyTest.class);
  }

  @Test
  void everyOrderIsCarriedOutOnceInEveryInterleaving() {
    new ModelCheckingOptions()
        .iterations(Effort.of(4))
        .invocationsPerIteration(1_500)
        .threads(2)
        .actorsPerThread(2)
        .actorsBefore(0)
        .actorsAfter(0)
        .sequentialSpecification(Nothing.class)
        .check(BatonConcurrencyTest.class);
  }
}
