package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DependencyException;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import fonio.api.WorkerLostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BrokenLanesTest {
  private static final int NO_LANE = 99;

  private final Leftovers leftovers = new Leftovers();
  private final Engine engine =
      Fonio.start(
          Config.builder()
              .executors(new DirectExecutor("breaks", 1), new ThreadPoolExecutor("threads", 1))
              .retries(2)
              .build());
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
  private final App1<Integer, Integer> forever =
      engine.app((Integer n) -> {
        new java.util.concurrent.CountDownLatch(1).await();
        return n;
      });

  @AfterEach
  void close() {
    engine.close();
  }

  /** A wish that fails on the thread of the worker processes, as a pool could. */
  private void breakLanes() {
    assertFalse(((Library) engine).workers().kill(NO_LANE, 1));
  }

  @Test
  void everyTaskOfABrokenExecutorEndsWithWhatBrokeIt() throws Exception {
    assertEquals(1, increment.call(0).join());
    List<TaskFuture<Integer>> tasks = new ArrayList<>();
    tasks.add(forever.call(1));
    for (int i = 0; i < 3000; i++) {
      tasks.add(increment.call(i));
    }
    TaskFuture<Integer> behind = increment.call(tasks.getFirst());
    breakLanes();
    for (TaskFuture<Integer> task : tasks) {
      assertTrue(task.isDone() || isLost(task), "task " + task.id());
    }
    assertTrue(isLost(tasks.getFirst()));
    assertThrows(DependencyException.class, behind::join);
    assertThrows(
        CompletionException.class,
        () -> forever.call(2).toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join());
  }

  private static boolean isLost(TaskFuture<Integer> task) {
    WorkerLostException lost = assertThrows(WorkerLostException.class, task::join);
    return lost.getMessage().contains("lane " + NO_LANE);
  }

  @Test
  void theThreadsOfTheRunGoOn() {
    TaskFuture<Integer> lost = forever.call(1);
    breakLanes();
    assertThrows(WorkerLostException.class, lost::join);
    assertEquals(3, increment.with(Options.on("threads")).call(2).join());
    assertFalse(lost.cancel());
    assertFalse(lost.kill());
  }

  @Test
  void aCloseAfterThatLeavesNothing() {
    assertEquals(1, increment.call(0).join());
    breakLanes();
    engine.close();
    assertEquals(Set.of(), leftovers.folders("breaks"));
    assertEquals(List.of(), Leftovers.workers());
  }
}
