package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.Account;
import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.EngineLostException;
import fonio.api.Options;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What remains of a run whose kernel failed while an order was carried out. */
@Timeout(60)
class BrokenKernelTest {
  private static final Options IN_WORKERS = Options.on("direct");

  /** A fault that no user's code can throw. */
  private static final class KernelFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    KernelFault() {
      super("row 7 is both READY and HELD");
    }
  }

  private final KernelFault fault = new KernelFault();
  private final Leftovers leftovers = new Leftovers();
  private final Engine engine =
      Fonio.start(
          Config.builder()
              .executors(new ThreadPoolExecutor("threads", 1), new DirectExecutor("direct", 1))
              .retries(3)
              .build());
  private final Core core = ((Library) engine).core;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch broke = new CountDownLatch(1);
  private final App1<Integer, Integer> gated =
      engine.app((Integer n) -> {
        begun.countDown();
        gate.await();
        return n;
      });
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
  private final App1<Integer, Integer> forever =
      engine
          .app((Integer n) -> {
            new CountDownLatch(1).await();
            return n;
          })
          .with(IN_WORKERS);

  @AfterEach
  void close() {
    gate.countDown();
    engine.close();
  }

  /** Orders something in which the kernel throws. */
  private void orderFault() {
    core.push(
        new Order() {
          @Override
          void carryOut(Core with) {
            throw fault;
          }

          @Override
          void giveUp(Core with, BrokenRun failure) {
            broke.countDown();
          }
        });
  }

  /** Breaks the kernel, whichever thread has the baton; returns when what it left has ended. */
  private void breakKernel() throws InterruptedException {
    orderFault();
    core.turn();
    broke.await();
  }

  private void assertLost(TaskFuture<?> task) {
    EngineLostException lost = assertThrows(EngineLostException.class, task::join);
    assertSame(fault, lost.getCause());
    assertEquals(task.id(), lost.task());
    assertTrue(lost.getMessage().contains(fault.getMessage()), lost.getMessage());
  }

  @Test
  void everyTaskThatIsNotRunningEndsAtOnceWithWhatBroke() throws InterruptedException {
    App1<Integer, Integer> join = engine.join((Integer n) -> forever.call(n));
    List<TaskFuture<Integer>> tasks = new ArrayList<>();
    TaskFuture<Integer> runs = gated.call(1);
    begun.await();
    tasks.add(forever.call(1));
    tasks.add(increment.with(IN_WORKERS).call(tasks.getFirst()));
    tasks.add(join.with(IN_WORKERS).call(2));
    for (int i = 0; i < 3000; i++) {
      tasks.add(increment.call(i));
    }
    tasks.add(increment.call(runs));
    CompletableFuture<Integer> view = tasks.getLast().toCompletableFuture();
    breakKernel();
    tasks.forEach(task -> assertTrue(task.isDone(), "task " + task.id()));
    tasks.forEach(this::assertLost);
    assertThrows(CompletionException.class, view::join);
  }

  @Test
  void aTaskThatRunsHereEndsWhenItsFunctionDoes() throws InterruptedException {
    TaskFuture<Integer> runs = gated.call(1);
    begun.await();
    breakKernel();
    assertFalse(runs.isDone());
    gate.countDown();
    assertLost(runs);
  }

  @Test
  void aTaskThatRunsHereCanStillBeKilled() throws InterruptedException {
    TaskFuture<Integer> runs = gated.call(1);
    begun.await();
    breakKernel();
    assertTrue(runs.kill());
    assertThrows(CancellationException.class, runs::join);
  }

  @Test
  void laterCallsAreRefusedWithWhatBroke() throws InterruptedException {
    breakKernel();
    App1<Integer, Integer> join = engine.join((Integer n) -> increment.call(n));
    for (App1<Integer, Integer> app :
        List.of(increment, increment.with(IN_WORKERS), increment.with(Options.cached()), join)) {
      IllegalStateException refused = assertThrows(IllegalStateException.class, () -> app.call(1));
      assertSame(fault, refused.getCause());
      assertTrue(refused.getMessage().contains("start another"), refused.getMessage());
    }
  }

  @Test
  void ordersBehindTheOneThatBrokeAreAnswered() throws Exception {
    TaskFuture<Integer> runs = gated.call(1);
    begun.await();
    while (!core.tryTake()) {
      Thread.onSpinWait();
    }
    orderFault();
    TaskFuture<Integer> late = increment.call(1);
    TaskFuture<Integer> later = increment.with(IN_WORKERS).call(late);
    CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    CompletableFuture<Account> account = new CompletableFuture<>();
    Thread asks =
        Thread.ofPlatform()
            .start(() -> {
              cancelled.complete(late.cancel());
              account.complete(engine.account());
            });
    while (asks.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    core.release();
    core.turn();
    assertLost(late);
    assertLost(later);
    assertFalse(cancelled.get(20, TimeUnit.SECONDS));
    assertEquals(2, account.get(20, TimeUnit.SECONDS).failed());
    assertFalse(runs.isDone());
  }

  @Test
  void theAccountTellsWhatWasDoneAndWhatWasLost() throws InterruptedException {
    assertEquals(2, increment.call(1).join());
    TaskFuture<Integer> lost = forever.call(1);
    breakKernel();
    assertLost(lost);
    assertEquals(1, engine.account().succeeded());
    assertEquals(1, engine.account().failed());
    assertFalse(lost.cancel());
    assertFalse(lost.kill());
  }

  @Test
  void aCloseEndsTheWorkersAndTheThreadsAndLeavesNothing() throws InterruptedException {
    TaskFuture<Integer> runs = gated.call(1);
    begun.await();
    assertEquals(2, increment.with(IN_WORKERS).call(1).join());
    TaskFuture<Integer> lost = forever.call(1);
    breakKernel();
    engine.close();
    assertLost(lost);
    assertLost(runs);
    assertEquals(Set.of(), leftovers.folders("direct"));
    assertEquals(List.of(), Leftovers.workers());
  }

  @Test
  void aFaultThatTheThreadOfTheWorkersMeetsInTheKernelEndsTheRun() {
    TaskFuture<Integer> lost = forever.call(1);
    orderFault();
    ((Library) engine).workers().wakeup();
    assertLost(lost);
  }
}
