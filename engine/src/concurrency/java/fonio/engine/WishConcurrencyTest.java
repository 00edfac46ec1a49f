package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;

import fonio.testkit.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A wish is answered also when it meets the end of the thread that fulfils wishes. */
@Tag("concurrency")
class WishConcurrencyTest {
  private static final int RUNS = Integer.getInteger("fonio.rounds", 300);
  private static final int WISHERS = 2;
  private static final int WISHES = 20;
  private static final int NO_LANE = 99;

  @Test
  void noWishIsLeftWithoutAnAnswer() throws Exception {
    Deadline deadline = Deadline.in(Duration.ofSeconds(60));
    for (int run = 0; run < RUNS; run++) {
      Core core = new Core();
      WorkerLanes lanes = new WorkerLanes(core);
      CyclicBarrier barrier = new CyclicBarrier(WISHERS + 1);
      List<FutureTask<Boolean>> wishers = new ArrayList<>();
      for (int i = 0; i < WISHERS; i++) {
        FutureTask<Boolean> wisher =
            new FutureTask<>(() -> {
              barrier.await();
              boolean granted = false;
              for (int wish = 0; wish < WISHES; wish++) {
                granted |= lanes.kill(NO_LANE, 1);
              }
              return granted;
            });
        Thread.ofPlatform().daemon().start(wisher);
        wishers.add(wisher);
      }
      barrier.await();
      lanes.close();
      for (FutureTask<Boolean> wisher : wishers) {
        deadline.await("the answers to all wishes", wisher::isDone);
        assertFalse(wisher.get());
      }
      core.kernel.close();
    }
  }
}
