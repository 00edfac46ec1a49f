package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DependencyException;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Join apps of a run that has worker processes only, and of one that has threads beside them. */
@Timeout(60)
class RemoteJoinTest {
  private static final long OWN_PID = ProcessHandle.current().pid();

  @TempDir Path folder;
  private final Engine engine =
      Fonio.start(
          Config.builder().executors(new DirectExecutor("direct", 1)).mostOutstanding(20).build());
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
  private final App1<Integer, Long> where =
      engine.app((Integer n) -> ProcessHandle.current().pid());

  @AfterEach
  void close() {
    engine.close();
  }

  private static void await(BooleanSupplier what) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!what.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it never came to that");
      Thread.onSpinWait();
    }
  }

  /** The threads of bodies that are there. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fonio-joins-"))
        .sorted()
        .toList();
  }

  @Test
  void theBodyRunsHereAndItsTasksInAWorker() {
    AtomicReference<Thread> ran = new AtomicReference<>();
    App1<Integer, Long> join =
        engine.join((Integer n) -> {
          ran.set(Thread.currentThread());
          return where.call(increment.call(n));
        });
    assertEquals(List.of(), threads());
    CompletableFuture<Long> view = join.call(1).toCompletableFuture();
    assertNotEquals(OWN_PID, view.join());
    assertTrue(ran.get().getName().startsWith("fonio-joins-"), ran.get().getName());
    assertTrue(ran.get().isDaemon());
    engine.close();
    assertEquals(List.of(), threads());
  }

  @Test
  void joinsTakeAndGiveFutures() {
    App1<Integer, Integer> twice = engine.join((Integer n) -> increment.call(increment.call(n)));
    assertEquals(6, increment.call(twice.call(twice.call(increment.call(0)))).join());
  }

  @Test
  void atMostTenBodiesRunAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch gate = new CountDownLatch(1);
    App1<Integer, Integer> gated =
        engine.join((Integer n) -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          gate.await();
          running.decrementAndGet();
          return increment.call(n);
        });
    Queue<TaskFuture<Integer>> joins = new ConcurrentLinkedQueue<>();
    IntStream.range(0, 9).mapToObj(gated::call).forEach(joins::add);
    Thread other =
        Thread.ofPlatform()
            .start(() -> IntStream.range(9, 30).mapToObj(gated::call).forEach(joins::add));
    await(() -> running.get() == 10);
    gate.countDown();
    await(() -> !other.isAlive());
    joins.forEach(TaskFuture::join);
    engine.close();
    assertEquals(10, most.get());
  }

  @Test
  void whatTheBodyThrowsIsTheErrorOfTheJoin() {
    App1<Integer, Integer> broken =
        engine.join((Integer n) -> {
          throw new IOException("no " + n);
        });
    TaskFuture<Integer> failed = broken.call(7);
    TaskFailedException error = assertThrows(TaskFailedException.class, failed::join);
    assertEquals(failed.id(), error.task());
    assertEquals("no 7", assertInstanceOf(IOException.class, error.getCause()).getMessage());
  }

  @Test
  void whatTheInnerTaskThrowsIsTheErrorOfTheJoinAndOfThoseBehindIt() {
    App1<Integer, Integer> divide = engine.app((Integer n) -> 1 / n);
    TaskFuture<Integer> failed = engine.<Integer, Integer>join(divide::call).call(0);
    TaskFailedException error = assertThrows(TaskFailedException.class, failed::join);
    assertInstanceOf(ArithmeticException.class, error.getCause());
    assertThrows(DependencyException.class, () -> increment.call(failed).join());
  }

  @Test
  void aBodyRunsAgainAsOftenAsItsRetriesSay() {
    AtomicInteger runs = new AtomicInteger();
    App1<Integer, Integer> flaky =
        engine.join((Integer n) -> {
          if (runs.incrementAndGet() < n) {
            throw new IOException("not yet");
          }
          return increment.call(n);
        });
    assertEquals(4, flaky.with(Options.defaults().withRetries(2)).call(3).join());
    assertEquals(3, runs.get());
  }

  /** Waits for a file. */
  static int waitFor(String file) {
    while (Files.notExists(Path.of(file))) {
      Thread.onSpinWait();
    }
    return 0;
  }

  @Test
  void aJoinIsCancelledWhileItsInnerTaskRuns() throws IOException {
    String go = folder.resolve("go").toString();
    App1<String, Integer> waits = engine.app(RemoteJoinTest::waitFor);
    AtomicReference<TaskFuture<Integer>> inner = new AtomicReference<>();
    App1<String, Integer> join =
        engine.join((String file) -> {
          inner.set(waits.call(file));
          return inner.get();
        });
    TaskFuture<Integer> outer = join.call(go);
    TaskFuture<Integer> behind = increment.call(outer);
    await(() -> inner.get() != null);
    assertTrue(outer.cancel());
    assertThrows(CancellationException.class, outer::join);
    assertThrows(DependencyException.class, behind::join);
    assertFalse(inner.get().isDone());
    Files.createFile(Path.of(go));
    assertEquals(0, inner.get().join());
    assertTrue(outer.isCancelled());
  }

  @Test
  void aKilledInnerTaskCancelsItsJoin() {
    String never = folder.resolve("never").toString();
    App1<String, Integer> waits = engine.app(RemoteJoinTest::waitFor);
    AtomicReference<TaskFuture<Integer>> inner = new AtomicReference<>();
    TaskFuture<Integer> outer =
        engine
            .join((String file) -> {
              inner.set(waits.call(file));
              return inner.get();
            })
            .call(never);
    await(() -> inner.get() != null);
    assertTrue(inner.get().kill());
    assertThrows(CancellationException.class, outer::join);
    assertEquals(1, increment.call(0).join());
  }

  @Test
  void bodiesThatWaitForOthersDoNotDeadlock() {
    List<CompletableFuture<Integer>> sums =
        IntStream.range(0, 40).mapToObj(i -> sum(4).toCompletableFuture()).toList();
    sums.forEach(sum -> assertEquals(4, sum.join()));
  }

  /** Counts up by bodies that each wait for a task that needs the body below. */
  private TaskFuture<Integer> sum(int n) {
    App1<Integer, Integer> join =
        engine.join((Integer left) -> {
          int below = left == 1 ? 0 : where.call(sum(left - 1)).join() == OWN_PID ? 0 : left - 1;
          return increment.call(below);
        });
    return join.call(n);
  }

  @Test
  void aCloseWaitsForBodiesThatHaveNotBegun() {
    App1<Integer, Integer> twice = engine.join((Integer n) -> increment.call(increment.call(n)));
    List<TaskFuture<Integer>> joins = IntStream.range(0, 100).mapToObj(twice::call).toList();
    engine.close();
    for (int i = 0; i < 100; i++) {
      assertTrue(joins.get(i).isDone());
      assertEquals(i + 2, joins.get(i).join());
    }
    assertThrows(IllegalStateException.class, () -> twice.call(1));
  }

  @Test
  void besideThreadsAJoinIsWhereItsExecutorSays() {
    try (Engine both =
        Fonio.start(
            Config.builder()
                .executors(new ThreadPoolExecutor("threads", 2), new DirectExecutor("direct", 1))
                .build())) {
      App1<Integer, Long> process =
          both.app((Integer n) -> ProcessHandle.current().pid()).with(Options.on("direct"));
      AtomicReference<String> ran = new AtomicReference<>("");
      App1<Integer, Long> join =
          both.join((Integer n) -> {
            ran.set(Thread.currentThread().getName());
            return process.call(n);
          });
      assertNotEquals(OWN_PID, join.call(1).toCompletableFuture().join());
      assertTrue(ran.get().startsWith("fonio-threads-"), ran.get());
      App1<Integer, Long> ofWorkers = join.with(Options.on("direct"));
      assertNotEquals(OWN_PID, ofWorkers.call(1).toCompletableFuture().join());
      assertTrue(ran.get().startsWith("fonio-joins-"), ran.get());
      IllegalArgumentException error =
          assertThrows(
              IllegalArgumentException.class, () -> join.with(Options.on("joins")).call(1));
      assertTrue(error.getMessage().contains("[threads, direct]"), error.getMessage());
    }
  }
}
