package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.App2;
import fonio.api.Arg;
import fonio.api.Config;
import fonio.api.DependencyException;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LibraryTest {
  private final Engine engine =
      Fonio.start(
          Config.builder()
              .executors(new ThreadPoolExecutor("threads", 2), new ThreadPoolExecutor("one", 1))
              .mostOutstanding(1000)
              .build());
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
  private final App2<Integer, Integer, Integer> add = engine.app(Integer::sum);
  private final App1<Integer, Integer> divide = engine.app((Integer n) -> 1 / n);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aCallGivesItsResult() {
    assertEquals(42, increment.call(41).join());
  }

  @Test
  void aChainOfFuturesRunsInOrder() {
    TaskFuture<Integer> last = increment.call(0);
    for (int i = 1; i < 100_000; i++) {
      last = increment.call(last);
    }
    assertEquals(100_000, last.join());
  }

  @Test
  void aTreeOfFuturesAddsUp() {
    List<TaskFuture<Integer>> level =
        new ArrayList<>(IntStream.range(0, 4096).mapToObj(increment::call).toList());
    while (level.size() > 1) {
      List<TaskFuture<Integer>> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(add.call(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    assertEquals(4096 * 4097 / 2, level.getFirst().join());
  }

  @Test
  void valuesStandBesideFutures() {
    assertEquals(5, add.call(increment.call(1), Arg.of(3)).join());
  }

  @Test
  void anErrorKeepsItsTypeAndNamesItsTask() {
    TaskFuture<Integer> failed = divide.call(0);
    var error = assertThrows(TaskFailedException.class, failed::join);
    assertTrue(error.getCause() instanceof ArithmeticException, error.toString());
    assertEquals(failed.id(), error.task());
    var wrapped = assertThrows(ExecutionException.class, failed::get);
    assertTrue(wrapped.getCause() instanceof ArithmeticException, wrapped.toString());
  }

  @Test
  void aFailedDependencyIsNamedWithItsChain() {
    CountDownLatch gate = new CountDownLatch(1);
    App1<Integer, Integer> gated =
        engine.app((Integer n) -> {
          gate.await();
          return 1 / n;
        });
    TaskFuture<Integer> root = gated.call(0);
    TaskFuture<Integer> middle = increment.call(root);
    TaskFuture<Integer> leaf = increment.call(middle);
    gate.countDown();
    var error = assertThrows(DependencyException.class, leaf::join);
    String chain = "task " + leaf.id() + " <- task " + middle.id() + " <- task " + root.id();
    assertTrue(error.getMessage().contains(chain), error.getMessage());
    var late = assertThrows(DependencyException.class, () -> increment.call(middle).join());
    assertTrue(late.getCause() instanceof ArithmeticException, late.toString());
  }

  @Test
  void aTaskThatFailsIsTriedAgainAsOftenAsAllowed() {
    AtomicInteger runs = new AtomicInteger();
    App1<Integer, Integer> flaky =
        engine.app((Integer n) -> {
          if (runs.incrementAndGet() < n) {
            throw new IllegalStateException("not yet");
          }
          return runs.get();
        });
    assertEquals(3, flaky.with(Options.defaults().withRetries(2)).call(3).join());
    runs.set(0);
    assertThrows(
        TaskFailedException.class,
        () -> flaky.with(Options.defaults().withRetries(1)).call(3).join());
    assertEquals(2, runs.get());
  }

  @Test
  void aTaskThatHasNotBegunIsCancelledWithItsDependants() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    App1<Integer, Integer> gated =
        engine.app((Integer n) -> {
          begun.countDown();
          gate.await();
          return n;
        });
    TaskFuture<Integer> running = gated.with(Options.on("one")).call(1);
    begun.await();
    TaskFuture<Integer> waiting = increment.with(Options.on("one")).call(2);
    TaskFuture<Integer> dependant = increment.call(waiting);
    assertTrue(waiting.cancel());
    assertFalse(running.cancel());
    gate.countDown();
    assertEquals(1, running.join());
    assertThrows(CancellationException.class, waiting::join);
    assertThrows(DependencyException.class, dependant::join);
  }

  @Test
  void aRunningTaskIsKilledAndItsThreadGoesOn() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    App1<Integer, Integer> stuck =
        engine.app((Integer n) -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return n;
        });
    TaskFuture<Integer> future = stuck.with(Options.on("one")).call(1);
    begun.await();
    assertTrue(future.kill());
    assertThrows(CancellationException.class, future::join);
    assertEquals(2, increment.with(Options.on("one")).call(1).join());
  }

  @Test
  void ofTwoCachedCallsOneRuns() {
    AtomicInteger runs = new AtomicInteger();
    App1<String, Integer> counted =
        engine.app((String word) -> runs.incrementAndGet()).with(Options.cached());
    assertSame(counted.call("a"), counted.call("a"));
    assertEquals(1, counted.call("a").join());
    assertEquals(2, counted.call("b").join());
    assertEquals(2, engine.account().memoHits());
  }

  @Test
  void mapIsLazyAndKeepsTheOrder() {
    Stream<Integer> endless = Stream.iterate(0, n -> n + 1);
    List<Integer> first = increment.map(endless).limit(5000).toList();
    assertEquals(IntStream.rangeClosed(1, 5000).boxed().toList(), first);
  }

  @Test
  void aJoinAppGivesWhatItsFutureGives() {
    App1<Integer, Integer> twice = engine.join((Integer n) -> increment.call(increment.call(n)));
    assertEquals(3, twice.call(1).join());
    App1<Integer, Integer> broken = engine.join((Integer n) -> divide.call(n));
    assertThrows(TaskFailedException.class, () -> broken.call(0).join());
  }

  @Test
  void tasksThatWaitForTasksDoNotDeadlock() {
    assertEquals(610, fibonacci(15));
  }

  private int fibonacci(int n) {
    App1<Integer, Integer> self = engine.app(this::fibonacci);
    return n < 2 ? n : self.call(n - 1).join() + self.call(n - 2).join();
  }

  @Test
  void aTimeoutIsKept() {
    CountDownLatch gate = new CountDownLatch(1);
    App1<Integer, Integer> gated =
        engine.app((Integer n) -> {
          gate.await();
          return n;
        });
    TaskFuture<Integer> future = gated.with(Options.on("one")).call(1);
    TaskFuture<Integer> behind = increment.with(Options.on("one")).call(future);
    assertThrows(TimeoutException.class, () -> behind.get(5, TimeUnit.MILLISECONDS));
    gate.countDown();
    assertEquals(2, behind.join());
  }

  @Test
  void threadsMaySubmitTogether() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 5000; i++) {
                  sum.addAndGet(increment.call(increment.call(i)).join() - i);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4 * 5000 * 2, sum.get());
  }

  @Test
  void aShellLineThatFailsSaysHow() {
    assertEquals(0, engine.shell("true").call().join());
    var error =
        assertThrows(
            TaskFailedException.class, () -> engine.shell("echo oh >&2; exit 3").call().join());
    assertTrue(error.getMessage().contains("exit code 3: oh"), error.getMessage());
  }

  @Test
  void theViewAsCompletableFutureEndsAlike() {
    assertEquals(7, increment.call(5).toCompletableFuture().thenApply(n -> n + 1).join());
  }

  @Test
  void callsAfterTheEndAreRefused() {
    engine.close();
    assertThrows(IllegalStateException.class, () -> increment.call(1));
    App1<Integer, Integer> join = engine.join((Integer n) -> increment.call(n));
    assertThrows(IllegalStateException.class, () -> join.call(1));
  }

  @Test
  void aCloseWaitsForJoinsThatHaveNotBegun() {
    CountDownLatch gate = new CountDownLatch(1);
    App1<Integer, Integer> join =
        engine.join((Integer n) -> {
          gate.await();
          return increment.call(increment.call(n));
        });
    List<TaskFuture<Integer>> joins = IntStream.range(0, 8).mapToObj(join::call).toList();
    Thread closes = Thread.ofPlatform().start(engine::close);
    while (closes.getState() != Thread.State.TIMED_WAITING
        && closes.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    gate.countDown();
    for (int i = 0; i < 8; i++) {
      assertEquals(i + 2, joins.get(i).join());
    }
  }
}
