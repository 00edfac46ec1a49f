package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App0;
import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.OnWorkerLost;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.TaskTimeoutException;
import fonio.api.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectOptionsTest {
  private static final DirectExecutor ONE = new DirectExecutor("direct", 1);

  @TempDir Path folder;

  private static Engine start(DirectExecutor executor) {
    return Fonio.start(Config.builder().executors(executor).build());
  }

  @Test
  void aWorkerHasTheVariablesOfItsExecutorAndThoseOfItsProgram() {
    try (Engine engine = start(ONE.withEnvironment(Map.of("FONIO_TEST_GRAIN", "fonio = small")))) {
      App1<String, String> variable = engine.app((String name) -> System.getenv(name));
      assertEquals("fonio = small", variable.call("FONIO_TEST_GRAIN").join());
      assertEquals(System.getenv("PATH"), variable.call("PATH").join());
    }
  }

  @Test
  void aWorkerIsInItsWorkingDirectoryAndFindsTheClassesOfItsProgram() throws IOException {
    try (Engine engine = start(ONE.withWorkingDirectory(folder))) {
      App0<String> here =
          engine.app(() -> Files.readSymbolicLink(Path.of("/proc/self/cwd")).toString());
      assertEquals(folder.toRealPath().toString(), here.call().join());
    }
  }

  @Test
  void aWorkerWithoutAWorkingDirectoryIsInThatOfItsProgram() throws IOException {
    try (Engine engine = start(ONE)) {
      assertEquals(
          Path.of("").toRealPath().toString(),
          engine.app(() -> Path.of("").toRealPath().toString()).call().join());
    }
  }

  @Test
  void everyThreadOfAWorkerHasItsCoresAlone() throws IOException {
    String cores = cores(Path.of("/proc/self/status"));
    String last = cores.substring(Math.max(cores.lastIndexOf(','), cores.lastIndexOf('-')) + 1);
    try (Engine engine = start(ONE.withCpuAffinity("list:" + last))) {
      List<String> ofThreads = engine.app(DirectOptionsTest::coresOfThreads).call().join();
      assertTrue(ofThreads.size() > 3, ofThreads.toString());
      assertEquals(List.of(last), ofThreads.stream().distinct().toList());
    }
  }

  private static String cores(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> coresOfThreads() throws IOException {
    List<String> cores = new ArrayList<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      for (Path thread : threads.toList()) {
        cores.add(cores(thread.resolve("status")));
      }
    }
    return cores;
  }

  @Test
  void aWorkerIsReplacedAfterSoManyTasks() {
    try (Engine engine = start(ONE.withMaxTasksPerChild(2))) {
      App0<Long> process = engine.app(() -> ProcessHandle.current().pid());
      List<Long> ran = Stream.generate(() -> process.call().join()).limit(6).toList();
      assertEquals(3, ran.stream().distinct().count(), ran.toString());
      for (int i = 0; i < 6; i += 2) {
        assertEquals(ran.get(i), ran.get(i + 1), ran.toString());
      }
    }
  }

  @Test
  void aTaskBeyondItsWalltimeIsEndedWithAllThatItStarted() {
    String file = folder.resolve("pids").toString();
    try (Engine engine = start(ONE.withWalltime(Duration.ofMillis(800)))) {
      App0<Long> process = engine.app(() -> ProcessHandle.current().pid());
      long before = process.call().join();
      TaskFuture<Integer> endless = engine.app(() -> startAndWait(file)).call();
      TaskTimeoutException late = assertThrows(TaskTimeoutException.class, endless::join);
      assertEquals(endless.id(), late.task());
      assertTrue(late.getMessage().contains("walltime of 0.8 s"), late.getMessage());
      for (String pid : lines(file)) {
        await(() -> isGone(pid));
      }
      assertNotEquals(before, process.call().join());
      assertEquals(1, engine.account().failed());
    }
  }

  @Test
  void aTaskBeyondItsWalltimeRunsAgainAsOftenAsItsRetriesSay() {
    String file = folder.resolve("pids").toString();
    try (Engine engine = start(ONE.withWalltime(Duration.ofMillis(800)))) {
      TaskFuture<Integer> endless =
          engine.app(() -> startAndWait(file)).with(Options.defaults().withRetries(1)).call();
      assertThrows(TaskTimeoutException.class, endless::join);
      assertEquals(2, lines(file).size());
    }
  }

  /** Starts a process that sleeps for longer than any test, notes its number, and waits. */
  static int startAndWait(String file) throws Exception {
    Process sleeps = new ProcessBuilder("sleep", "1000").start();
    Files.writeString(
        Path.of(file), sleeps.pid() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    new CountDownLatch(1).await();
    return 0;
  }

  private static boolean isGone(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "status")).contains("State:\tZ");
    } catch (IOException gone) {
      return true;
    }
  }

  private static void await(BooleanSupplier what) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (!what.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "it never came to that");
      Thread.onSpinWait();
    }
  }

  private static List<String> lines(String file) {
    try {
      return Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theJvmOfAWorkerHasItsOptionsAnotherCollectorAmongThem() {
    DirectExecutor executor =
        ONE.withJvmOptions("-Dfonio.test.grain=small", "-Xmx64m", "-XX:+UseParallelGC");
    try (Engine engine = start(executor)) {
      assertEquals("small", engine.app(() -> System.getProperty("fonio.test.grain")).call().join());
      assertTrue(engine.app(() -> Runtime.getRuntime().maxMemory()).call().join() <= 64 << 20);
    }
  }

  @Test
  void anOptionThatTheJvmDoesNotKnowIsNamedByTheTasksThatCannotRun() {
    try (Engine engine = start(ONE.withJvmOptions("-XX:+UseFonioGrain"))) {
      WorkerLostException lost =
          assertThrows(WorkerLostException.class, () -> engine.app(() -> 1).call().join());
      assertTrue(lost.getMessage().contains("UseFonioGrain"), lost.getMessage());
    }
  }

  @Test
  void aTaskWhoseWorkerDiesIsBegunOnceWhereItMustNotBeBegunTwice() {
    assertEquals(1, timesBegun(ONE.withOnWorkerLost(OnWorkerLost.FAIL)));
    assertEquals(3, timesBegun(ONE.withOnWorkerLost(OnWorkerLost.RERUN)));
  }

  private int timesBegun(DirectExecutor executor) {
    String file = folder.resolve(executor.onWorkerLost().toString()).toString();
    try (Engine engine = start(executor)) {
      TaskFuture<Integer> dies =
          engine.app(() -> leaveTraceAndDie(file)).with(Options.defaults().withRetries(5)).call();
      WorkerLostException lost = assertThrows(WorkerLostException.class, dies::join);
      assertEquals(dies.id(), lost.task());
      assertEquals(2, engine.app(() -> 2).call().join());
    }
    return lines(file).size();
  }

  static int leaveTraceAndDie(String file) throws IOException {
    Files.writeString(Path.of(file), "x\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Runtime.getRuntime().halt(9);
    return 0;
  }

  @Test
  void aCoreThatThisProgramMayNotUseIsRefusedAtTheStartAndNothingStays() {
    Leftovers leftovers = new Leftovers();
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> start(ONE.withCpuAffinity("list:8191")));
    assertTrue(error.getMessage().contains("core 8191 is not among"), error.getMessage());
    assertEquals(List.of(), Leftovers.workers());
    assertTrue(leftovers.folders("direct").isEmpty());
  }

  @Test
  void theLimitOfOneExecutorIsNotThatOfAnother() throws IOException {
    DirectExecutor quick = new DirectExecutor("quick", 1).withWalltime(Duration.ofMillis(200));
    try (Engine engine = Fonio.start(Config.builder().executors(ONE, quick).build())) {
      String file = folder.resolve("go").toString();
      TaskFuture<Boolean> patient = engine.app(() -> waitFor(file)).call();
      TaskFuture<Boolean> ended = engine.app(() -> waitFor(file)).with(Options.on("quick")).call();
      assertThrows(TaskTimeoutException.class, ended::join);
      assertFalse(patient.isDone());
      Files.createFile(Path.of(file));
      assertTrue(patient.join());
    }
  }

  static boolean waitFor(String file) {
    while (Files.notExists(Path.of(file))) {
      Thread.onSpinWait();
    }
    return true;
  }

  @Test
  void anErrorOfATaskIsNotTakenForATimeout() {
    try (Engine engine = start(ONE.withWalltime(Duration.ofSeconds(30)))) {
      TaskFailedException error =
          assertThrows(
              TaskFailedException.class,
              () ->
                  engine
                      .app(() -> {
                        throw new IllegalStateException("of its own");
                      })
                      .call()
                      .join());
      assertInstanceOf(IllegalStateException.class, error.getCause());
    }
  }
}
