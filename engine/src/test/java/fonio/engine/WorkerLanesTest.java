package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.App2;
import fonio.api.Config;
import fonio.api.DependencyException;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import fonio.api.WorkerLostException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerLanesTest {
  private static final Options IN_THREADS = Options.on("threads");

  private final Set<String> before = folders();
  private final Engine engine =
      Fonio.start(
          Config.builder()
              .executors(new DirectExecutor("direct", 2), new ThreadPoolExecutor("threads", 1))
              .mostOutstanding(5000)
              .build());
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
  private final App2<Integer, Integer, Integer> add = engine.app(Integer::sum);

  /** An error that only this test knows. */
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

  @AfterEach
  void close() {
    engine.close();
  }

  private static Set<String> folders() {
    try (Stream<Path> all = Files.list(Path.of("/dev/shm"))) {
      Set<String> names = new TreeSet<>();
      all.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("fonio-"))
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aCallRunsInAnotherProcess() {
    long there = engine.app(() -> ProcessHandle.current().pid()).call().join();
    assertNotEquals(ProcessHandle.current().pid(), there);
    assertEquals(42, increment.call(41).join());
  }

  @Test
  void valuesOfAllKindsComeBackAsTheyWere() {
    App1<Object, Object> echo = engine.app((Object value) -> value);
    List<Object> values =
        List.of(1, 1L << 40, 0.5, true, false, "é\ud800", "text", 'c', new Pair("a", List.of(1)));
    for (Object value : values) {
      assertEquals(value, echo.call(value).join());
    }
    byte[] large = new byte[3_000_000];
    large[2_999_999] = 7;
    assertEquals(7, ((byte[]) echo.call((Object) large).join())[2_999_999]);
  }

  @Test
  void aChainOfFuturesRunsInOrder() {
    TaskFuture<Integer> last = increment.call(0);
    for (int i = 1; i < 20_000; i++) {
      last = increment.call(last);
    }
    assertEquals(20_000, last.join());
  }

  @Test
  void aTreeAcrossThreadsAndProcessesAddsUp() {
    List<TaskFuture<Integer>> level =
        new ArrayList<>(IntStream.range(0, 1024).mapToObj(increment::call).toList());
    App2<Integer, Integer, Integer> here = add.with(IN_THREADS);
    for (int depth = 0; level.size() > 1; depth++) {
      List<TaskFuture<Integer>> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add((depth % 2 == 0 ? here : add).call(level.get(i), level.get(i + 1)));
      }
      level = above;
    }
    assertEquals(1024 * 1025 / 2, level.getFirst().join());
  }

  @Test
  void whatATaskThrowsKeepsItsType() {
    App1<Integer, Integer> fail =
        engine.app((Integer n) -> {
          throw new Stubborn(n);
        });
    TaskFuture<Integer> failed = fail.call(3);
    TaskFailedException error = assertThrows(TaskFailedException.class, failed::join);
    assertEquals(3, assertInstanceOf(Stubborn.class, error.getCause()).degree);
    DependencyException behind =
        assertThrows(DependencyException.class, () -> increment.call(failed).join());
    assertInstanceOf(Stubborn.class, behind.getCause());
  }

  @Test
  void aWorkerThatDiesOnceIsReplacedAndItsTasksRunAgain(@TempDir Path folder) {
    String marker = folder.resolve("died").toString();
    TaskFuture<String> second = engine.app(() -> dieFirst(marker)).call();
    List<TaskFuture<Integer>> others = IntStream.range(0, 500).mapToObj(increment::call).toList();
    assertEquals("alive", second.join());
    for (int i = 0; i < 500; i++) {
      assertEquals(i + 1, others.get(i).join());
    }
  }

  static String dieFirst(String marker) throws IOException {
    if (Files.notExists(Path.of(marker))) {
      Files.createFile(Path.of(marker));
      Runtime.getRuntime().halt(9);
    }
    return "alive";
  }

  @Test
  void aTaskThatKillsEveryWorkerIsLostAndTheRunGoesOn() {
    TaskFuture<Integer> killer =
        engine
            .app((Integer code) -> {
              Runtime.getRuntime().halt(code);
              return 0;
            })
            .call(9);
    WorkerLostException error = assertThrows(WorkerLostException.class, killer::join);
    assertTrue(error.getMessage().contains("9"), error.getMessage());
    assertEquals(2, increment.call(1).join());
    assertEquals(1, engine.account().failed());
  }

  @Test
  void aKilledTaskIsCancelledAndItsWorkerReplaced(@TempDir Path folder) throws Exception {
    String marker = folder.resolve("runs").toString();
    TaskFuture<Integer> endless = engine.app(() -> runForever(marker)).call();
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (Files.notExists(Path.of(marker)) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertTrue(endless.kill());
    assertTrue(endless.isCancelled());
    assertEquals(2, increment.call(1).join());
  }

  static int runForever(String marker) throws Exception {
    Files.createFile(Path.of(marker));
    new java.util.concurrent.CountDownLatch(1).await();
    return 0;
  }

  @Test
  void whatCannotTravelIsNamedAtTheCall() {
    App1<Object, String> text = engine.app((Object value) -> value.toString());
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> text.call(new Thread()));
    assertTrue(error.getMessage().contains("java.lang.Thread"), error.getMessage());
    Thread captured = new Thread();
    assertThrows(IllegalArgumentException.class, () -> engine.app(() -> captured.getName()).call());
    assertThrows(
        TaskFailedException.class, () -> engine.app(() -> (Object) new Thread()).call().join());
  }

  @Test
  void aWorkerWithOtherClassesIsRefusedWithBothDigestsNamed() {
    Core core = new Core();
    WorkerLanes lanes = new WorkerLanes(core);
    DirectExecutor other = new DirectExecutor("other", 1);
    JavaWorkers own = lanes.workers();
    String digest = own.digest();
    lanes.open(
        other,
        0,
        new JavaWorkers(
            own.folder(), own.spill(), own.token(), own.classPath(), "feed", own.makers()));
    ThreadLane lane = new ThreadLane(0, "other", 0);
    core.lanes(List.of(lane), lanes::wakeup);
    core.define(1, fonio.kernel.TaskClass.ofLane(0));
    RemoteTask<Integer> task =
        new RemoteTask<>(
            (Library) engine, 1, new Route(Options.defaults(), 1, lane), given -> 1, new Object[0]);
    core.push(task);
    lanes.start();
    assertThrows(WorkerLostException.class, task::join);
    lanes.close();
    core.kernel.close();
    WorkerLostException error = assertThrows(WorkerLostException.class, task::join);
    assertTrue(error.getMessage().contains("feed"), error.getMessage());
    assertTrue(error.getMessage().contains(digest), error.getMessage());
  }

  @Test
  void aCloseLeavesNothing() {
    assertEquals(1, increment.call(0).join());
    engine.close();
    Set<String> after = folders();
    after.removeAll(before);
    long own =
        ProcessHandle.current()
            .descendants()
            .filter(p -> p.info().commandLine().orElse("").contains("WorkerMain"))
            .count();
    assertEquals(0, own);
    assertFalse(after.stream().anyMatch(name -> ownFolder(name)), after.toString());
  }

  /**
   * Whether a folder is one of a Java run: other processes of the machine make theirs meanwhile.
   */
  private static boolean ownFolder(String name) {
    return Files.exists(Path.of("/dev/shm", name, "logs", "direct-w0.out"));
  }
}
