package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.App2;
import fonio.api.Arg;
import fonio.api.Config;
import fonio.api.DependencyException;
import fonio.api.Engine;
import fonio.api.ExecutorConfig;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.testkit.Deadline;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run in this JVM does, whatever executor runs its tasks. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExecutorContract {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 10_000;

  /** Places of which each executor under test has at least one. */
  private static final List<Integer> PLACES = List.of(0, 1);

  @TempDir Path folder;
  private Path home = Path.of("");
  private Engine engine;
  private App1<Integer, Integer> increment;
  private App2<Integer, Integer, Integer> add;

  /** The executors; one of them is called {@code one} and runs one task at a time. */
  abstract List<ExecutorConfig> executors();

  /** Where the tasks of a place run. */
  abstract Options at(int place);

  private static Options one() {
    return Options.on("one");
  }

  /** An error that only tests know. */
  static final class Stubborn extends Exception {
    private static final long serialVersionUID = 1;
    final int degree;

    Stubborn(int degree) {
      super("degree " + degree);
      this.degree = degree;
    }
  }

  /** A value that has no short form. */
  record Pair(String name, List<Integer> numbers) implements Serializable {}

  @BeforeAll
  void start(@TempDir Path runs) {
    home = runs;
    engine = start(5000);
    increment = engine.app((Integer n) -> n + 1);
    add = engine.app(Integer::sum);
  }

  private Engine start(int mostOutstanding) {
    return Fonio.start(
        Config.builder()
            .executors(executors().toArray(new ExecutorConfig[0]))
            .runDir(home)
            .mostOutstanding(mostOutstanding)
            .build());
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /** The engine that all tests share. */
  final Engine engine() {
    return engine;
  }

  private static App1<Integer, Integer> gated(Engine engine, Gate gate) {
    return engine.app((Integer n) -> gate.pass(n));
  }

  // ---- results ----

  @Test
  void valuesOfAllKindsComeBackAsTheyWere() {
    App1<Object, Object> echo = engine.app((Object value) -> value);
    List<Object> values =
        List.of(1, 1L << 40, 0.5, true, false, "é\ud800", "text", 'c', new Pair("a", List.of(1)));
    for (int place : PLACES) {
      for (Object value : values) {
        assertEquals(value, echo.with(at(place)).call(value).join());
      }
      assertNull(echo.with(at(place)).call((Object) null).join());
      byte[] large = new byte[3_000_000];
      large[2_999_999] = 7;
      assertEquals(7, ((byte[]) echo.with(at(place)).call((Object) large).join())[2_999_999]);
    }
  }

  @Test
  void eachOfTenThousandTasksRunsOnce() {
    Notes notes = Notes.in(folder);
    App1<Integer, Integer> noted =
        engine.app((Integer n) -> {
          notes.add(1);
          return n;
        });
    long before = engine.account().succeeded();
    List<TaskFuture<Integer>> tasks =
        IntStream.range(0, MANY).mapToObj(i -> noted.with(at(i)).call(i)).toList();
    for (int i = 0; i < MANY; i++) {
      assertEquals(i, tasks.get(i).join());
    }
    assertEquals(MANY, notes.all().size());
    assertEquals(MANY, engine.account().succeeded() - before);
  }

  @Test
  void mapIsLazyAndKeepsTheOrder() {
    for (int place : PLACES) {
      Stream<Integer> endless = Stream.iterate(0, n -> n + 1);
      List<Integer> first = increment.with(at(place)).map(endless).limit(5000).toList();
      assertEquals(IntStream.rangeClosed(1, 5000).boxed().toList(), first);
    }
  }

  @Test
  void aTimeoutIsKept() {
    Gate gate = Gate.in(folder);
    TaskFuture<Integer> task = gated(engine, gate).with(one()).call(1);
    TaskFuture<Integer> behind = increment.with(at(0)).call(task);
    assertThrows(TimeoutException.class, () -> behind.get(5, TimeUnit.MILLISECONDS));
    gate.open();
    assertEquals(2, behind.join());
  }

  @Test
  void theViewAsCompletableFutureEndsAlike() {
    App1<Integer, Integer> divide = engine.app((Integer n) -> 1 / n);
    for (int place : PLACES) {
      TaskFuture<Integer> task = increment.with(at(place)).call(5);
      assertEquals(7, task.toCompletableFuture().thenApply(n -> n + 1).join());
      TaskFuture<Integer> failed = divide.with(at(place)).call(0);
      var error =
          assertThrows(CompletionException.class, () -> failed.toCompletableFuture().join());
      assertInstanceOf(TaskFailedException.class, error.getCause());
    }
  }

  @Test
  void threadsMaySubmitTogether() throws InterruptedException {
    AtomicLong sum = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int i = 0; i < 500; i++) {
                  TaskFuture<Integer> first = increment.with(at(i)).call(i);
                  sum.addAndGet(increment.with(at(i + 1)).call(first).join() - i);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(4 * 500 * 2, sum.get());
  }

  @Test
  void aShellLineThatFailsSaysHow() {
    for (int place : PLACES) {
      assertEquals(0, engine.shell("true").with(at(place)).call().join());
      var failed = engine.shell("echo oh >&2; exit 3").with(at(place)).call();
      var error = assertThrows(TaskFailedException.class, failed::join);
      assertTrue(error.getMessage().contains("exit code 3: oh"), error.getMessage());
    }
  }

  // ---- dependencies ----

  @Test
  void aChainOfFuturesRunsInOrder() {
    TaskFuture<Integer> last = increment.with(at(0)).call(0);
    for (int i = 1; i < MANY; i++) {
      last = increment.with(at(i)).call(last);
    }
    assertEquals(MANY, last.join());
  }

  @Test
  void aTreeOfFuturesAddsUp() {
    int leaves = 1024;
    List<TaskFuture<Integer>> level =
        IntStream.range(0, leaves).mapToObj(i -> increment.with(at(i)).call(i)).toList();
    for (int depth = 0; level.size() > 1; depth++) {
      List<TaskFuture<Integer>> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(add.with(at(depth)).call(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    assertEquals(leaves * (leaves + 1) / 2, level.getFirst().join());
  }

  @Test
  void valuesStandBesideFutures() {
    TaskFuture<Integer> two = increment.with(at(0)).call(1);
    assertEquals(5, add.with(at(1)).call(two, Arg.of(3)).join());
    assertEquals(4, add.with(at(0)).call(two, two).join());
  }

  // ---- errors ----

  @Test
  void whatATaskThrowsKeepsItsTypeAndNamesItsTask() {
    App1<Integer, Integer> fail =
        engine.app((Integer n) -> {
          throw new Stubborn(n);
        });
    for (int place : PLACES) {
      TaskFuture<Integer> failed = fail.with(at(place)).call(3);
      var error = assertThrows(TaskFailedException.class, failed::join);
      assertEquals(3, assertInstanceOf(Stubborn.class, error.getCause()).degree);
      assertEquals(failed.id(), error.task());
      var wrapped = assertThrows(ExecutionException.class, failed::get);
      assertInstanceOf(Stubborn.class, wrapped.getCause());
    }
  }

  @Test
  void aTaskThatFailsIsTriedAgainAsOftenAsAllowed() {
    for (int place : PLACES) {
      Notes notes = new Notes(folder.resolve("runs-" + place).toString());
      App1<Integer, Integer> flaky =
          engine.app((Integer enough) -> {
            if (notes.add(1) < enough) {
              throw new IllegalStateException("not yet");
            }
            return enough;
          });
      assertEquals(3, flaky.with(at(place).withRetries(2)).call(3).join());
      assertEquals(3, notes.all().size());
      TaskFuture<Integer> hopeless = flaky.with(at(place).withRetries(1)).call(9);
      assertThrows(TaskFailedException.class, hopeless::join);
      assertEquals(5, notes.all().size());
    }
  }

  @Test
  void aFailedDependencyIsNamedWithItsChain() {
    Gate gate = Gate.in(folder);
    App1<Integer, Integer> divide = engine.app((Integer n) -> 1 / gate.pass(n));
    TaskFuture<Integer> root = divide.with(at(0)).call(0);
    TaskFuture<Integer> middle = increment.with(at(1)).call(root);
    TaskFuture<Integer> leaf = increment.with(at(0)).call(middle);
    gate.open();
    var error = assertThrows(DependencyException.class, leaf::join);
    String chain = "task " + leaf.id() + " <- task " + middle.id() + " <- task " + root.id();
    assertTrue(error.getMessage().contains(chain), error.getMessage());
    assertInstanceOf(ArithmeticException.class, error.getCause());
    TaskFuture<Integer> late = increment.with(at(1)).call(middle);
    assertInstanceOf(
        ArithmeticException.class, assertThrows(DependencyException.class, late::join).getCause());
  }

  // ---- order, cancel, kill ----

  @Test
  void readyTasksRunByTheirPriorities() {
    Gate gate = Gate.in(folder);
    Notes notes = Notes.in(folder);
    App2<Integer, Integer, Integer> note =
        engine.app((Integer n, Integer after) -> {
          notes.add(n);
          return after;
        });
    TaskFuture<Integer> first = gated(engine, gate).with(one()).call(7);
    gate.awaitArrival();
    List<TaskFuture<Integer>> ready = new ArrayList<>();
    for (int priority : new int[] {3, 1, 4, 0, 2}) {
      ready.add(note.with(one().withPriority(priority)).call(Arg.of(priority), first));
    }
    gate.open();
    ready.forEach(task -> assertEquals(7, task.join()));
    assertEquals(List.of(0, 1, 2, 3, 4), notes.all());
  }

  @Test
  void aTaskThatHasNotBegunIsCancelledWithItsDependants() {
    Gate gate = Gate.in(folder);
    Notes notes = Notes.in(folder);
    App1<Integer, Integer> noted = engine.app((Integer n) -> notes.add(n));
    TaskFuture<Integer> running = gated(engine, gate).with(one()).call(1);
    gate.awaitArrival();
    TaskFuture<Integer> waiting = noted.with(one()).call(2);
    TaskFuture<Integer> dependant = noted.with(at(0)).call(waiting);
    assertTrue(waiting.cancel());
    assertTrue(waiting.isCancelled());
    assertFalse(running.cancel());
    assertFalse(running.isDone());
    gate.open();
    assertEquals(1, running.join());
    assertFalse(running.cancel());
    assertThrows(CancellationException.class, waiting::join);
    assertThrows(DependencyException.class, dependant::join);
    assertEquals(List.of(), notes.all());
  }

  @Test
  void aRunningTaskIsKilledAndItsExecutorGoesOn() {
    Gate gate = Gate.in(folder);
    TaskFuture<Integer> endless = gated(engine, gate).with(one().withRetries(2)).call(1);
    TaskFuture<Integer> behind = increment.with(at(0)).call(endless);
    gate.awaitArrival();
    assertTrue(endless.kill());
    assertThrows(CancellationException.class, endless::join);
    assertTrue(endless.isCancelled());
    assertFalse(endless.kill());
    assertThrows(DependencyException.class, behind::join);
    assertEquals(2, increment.with(one()).call(1).join());
  }

  @Test
  void oneOfManyTasksIsKilledAndTheOthersRunOnce() {
    Notes notes = Notes.in(folder);
    Gate gate = Gate.in(folder);
    App1<Integer, Integer> noted =
        engine.app((Integer n) -> {
          notes.add(1);
          return n;
        });
    TaskFuture<Integer> endless = gated(engine, gate).with(one()).call(1);
    List<TaskFuture<Integer>> others =
        IntStream.range(0, 100).mapToObj(i -> noted.with(one()).call(i)).toList();
    gate.awaitArrival();
    assertTrue(endless.kill());
    for (int i = 0; i < others.size(); i++) {
      assertEquals(i, others.get(i).join());
    }
    assertEquals(Collections.nCopies(100, 1), notes.all());
  }

  // ---- the run ----

  @Test
  void ofEqualCachedCallsOneRuns() {
    for (int place : PLACES) {
      Notes notes = new Notes(folder.resolve("runs-" + place).toString());
      Gate gate = new Gate(folder.resolve("gate-" + place).toString());
      App1<Integer, Integer> cached =
          engine
              .app((Integer n) -> {
                notes.add(n);
                return gate.pass(n);
              })
              .with(at(place).withCache(true));
      long before = engine.account().memoHits();
      TaskFuture<Integer> first = cached.call(7);
      TaskFuture<Integer> second = cached.call(7);
      gate.open();
      assertEquals(7, first.join());
      assertEquals(7, second.join());
      assertEquals(7, cached.call(7).join());
      assertEquals(8, cached.call(8).join());
      assertEquals(List.of(7, 8), notes.all());
      assertEquals(2, engine.account().memoHits() - before);
    }
  }

  @Test
  void aCallerWaitsWhileTooManyTasksAreUnfinished() throws Exception {
    int most = 100;
    int all = 100 * most;
    Gate gate = Gate.in(folder);
    try (Engine small = start(most)) {
      App1<Integer, Integer> next = small.app((Integer n) -> n + 1);
      TaskFuture<Integer> first = gated(small, gate).with(one()).call(0);
      gate.awaitArrival();
      AtomicInteger called = new AtomicInteger();
      FutureTask<TaskFuture<Integer>> caller =
          new FutureTask<>(() -> {
            TaskFuture<Integer> last = first;
            for (int i = 0; i < all; i++) {
              last = next.with(one()).call(i);
              called.incrementAndGet();
            }
            return last;
          });
      Thread.ofPlatform().start(caller);
      awaitRest(called, most / 2);
      int calledAtRest = called.get();
      gate.open();
      assertEquals(all, caller.get().join());
      assertTrue(calledAtRest < all, calledAtRest + " calls with " + most + " allowed");
      assertEquals(all + 1, small.account().succeeded());
    }
  }

  /** Waits until a number is large enough and grows no more. */
  private static void awaitRest(AtomicInteger number, int least) {
    int[] seen = {-1, 0};
    Deadline.in(PATIENCE)
        .await(
            "a caller at rest",
            () -> {
              int now = number.get();
              seen[1] = now == seen[0] ? seen[1] + 1 : 0;
              seen[0] = now;
              return now >= least && seen[1] > 100;
            });
  }

  @Test
  void aCloseWaitsForAllTasksAndThenRefusesCalls() throws Exception {
    Gate gate = Gate.in(folder);
    Engine closed = start(5000);
    App1<Integer, Integer> next = closed.app((Integer n) -> n + 1);
    TaskFuture<Integer> running = gated(closed, gate).with(one()).call(1);
    List<TaskFuture<Integer>> behind =
        PLACES.stream().map(place -> next.with(at(place)).call(running)).toList();
    gate.awaitArrival();
    Thread closer = Thread.ofPlatform().start(closed::close);
    Deadline.in(PATIENCE).await("the begin of the close", () -> isRefused(next));
    assertFalse(running.isDone());
    gate.open();
    closer.join();
    assertTrue(running.isDone());
    behind.forEach(task -> assertTrue(task.isDone()));
    behind.forEach(task -> assertEquals(2, task.join()));
    closed.close();
  }

  private static boolean isRefused(App1<Integer, Integer> app) {
    try {
      var _ = app.call(1);
      return false;
    } catch (IllegalStateException e) {
      assertTrue(e.getMessage().contains("closed"), e.getMessage());
      return true;
    }
  }

  @Test
  void anExecutorThatIsNotThereIsNamed() {
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> increment.with(Options.on("gpu")).call(1));
    assertTrue(error.getMessage().contains("\"gpu\""), error.getMessage());
    assertTrue(error.getMessage().contains("one"), error.getMessage());
  }
}
