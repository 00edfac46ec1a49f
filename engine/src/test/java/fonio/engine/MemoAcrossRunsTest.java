package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.App1;
import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.ConfigurationException;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.ExecutorConfig;
import fonio.api.Options;
import fonio.api.Task1;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cached calls of one run and of those that come after it in the same folder. */
@Timeout(120)
class MemoAcrossRunsTest {
  private static final AtomicInteger RUNS = new AtomicInteger();
  private static final ExecutorConfig THREADS = new ThreadPoolExecutor("threads", 2);

  @TempDir Path home;

  /** A value that has no short form. */
  record Pose(String smiles, List<Double> scores) implements Serializable {}

  /** What serialization cannot write. */
  static final class Handle {
    final int number;

    Handle(int number) {
      this.number = number;
    }
  }

  /** A function that is an object. */
  record Scaling(int factor) implements Task1<Integer, Integer> {
    @Override
    public Integer run(Integer n) {
      RUNS.incrementAndGet();
      return factor * n;
    }
  }

  @BeforeEach
  void none() {
    RUNS.set(0);
  }

  private Config.Builder config(CheckpointMode mode) {
    return Config.builder()
        .executors(THREADS)
        .runDir(home)
        .checkpointMode(mode)
        .checkpointPeriod(Duration.ofHours(1));
  }

  private Engine start(Config.Builder config) {
    return new Library(Settings.of(config.build(), Outside.of(Map.of(), home)));
  }

  private Engine start() {
    return start(config(CheckpointMode.TASK_EXIT));
  }

  private static <A, R> App1<A, R> cached(Engine engine, Task1<A, R> function) {
    return engine.app(function).with(Options.cached());
  }

  /** What a run of its own gives for one call. */
  private <A, R> R once(Task1<A, R> function, A argument) {
    try (Engine engine = start()) {
      return cached(engine, function).call(argument).join();
    }
  }

  static int square(int n) {
    RUNS.incrementAndGet();
    return n * n;
  }

  static Pose dock(String smiles) {
    RUNS.incrementAndGet();
    return smiles.isEmpty() ? null : new Pose(smiles, List.of(-7.5, -6.25));
  }

  static int numberOf(Handle handle) {
    RUNS.incrementAndGet();
    return handle.number;
  }

  static Handle handle(int n) {
    RUNS.incrementAndGet();
    return new Handle(n);
  }

  static int inverse(int n) {
    RUNS.incrementAndGet();
    return 1 / n;
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointMode.class,
      names = {"TASK_EXIT", "PERIODIC", "DFK_EXIT"})
  void theNextRunFindsResultsAgain(CheckpointMode mode) {
    for (int run = 0; run < 2; run++) {
      try (Engine engine = start(config(mode))) {
        App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
        assertThat(square.call(7).join()).isEqualTo(49);
        assertThat(square.call(8).join()).isEqualTo(64);
        assertThat(engine.account().memoHits()).isEqualTo(2L * run);
        assertThat(engine.account().succeeded()).isEqualTo(2);
      }
    }
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void objectsAndNullComeBackAsTheyWere() {
    for (int run = 0; run < 2; run++) {
      assertThat(once(MemoAcrossRunsTest::dock, "CCO"))
          .isEqualTo(new Pose("CCO", List.of(-7.5, -6.25)));
      assertThat(once(MemoAcrossRunsTest::dock, "")).isNull();
    }
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void resultsOfWorkerProcessesAreFoundAgain() throws IOException {
    Path calls = home.resolve("calls");
    String file = calls.toString();
    for (int run = 0; run < 2; run++) {
      Config.Builder config =
          config(CheckpointMode.TASK_EXIT).executors(new DirectExecutor("direct", 1));
      try (Engine engine = start(config)) {
        App1<Integer, byte[]> zeros = cached(engine, n -> zeros(file, n));
        assertThat(zeros.call(3).join()).hasSize(3);
        assertThat(zeros.call(300_000).join()).hasSize(300_000);
      }
    }
    assertThat(Files.readAllLines(calls)).containsExactly("3", "300000");
  }

  static byte[] zeros(String file, int n) throws IOException {
    Files.writeString(
        Path.of(file), n + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return new byte[n];
  }

  @Test
  void withoutACheckpointModeNothingIsKeptAndNothingIsWritten() throws IOException {
    Path empty = Files.createDirectory(home.resolve("empty"));
    for (int run = 0; run < 2; run++) {
      try (Engine engine = start(Config.builder().executors(THREADS).runDir(empty))) {
        assertThat(cached(engine, MemoAcrossRunsTest::square).call(7).join()).isEqualTo(49);
        assertThatThrownBy(engine::checkpoint)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("Config.checkpointMode");
      }
    }
    assertThat(RUNS).hasValue(2);
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void withoutAnAppCacheEveryCallRuns() {
    once(MemoAcrossRunsTest::square, 7);
    try (Engine engine = start(config(CheckpointMode.TASK_EXIT).appCache(false))) {
      App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
      assertThat(square.call(7).join()).isEqualTo(49);
      assertThat(square.call(7).join()).isEqualTo(49);
      assertThat(engine.account().memoHits()).isZero();
    }
    assertThat(RUNS).hasValue(3);
  }

  @Test
  void callsThatAreNotCachedRunInEachRun() {
    once(MemoAcrossRunsTest::square, 7);
    try (Engine engine = start()) {
      assertThat(engine.app(MemoAcrossRunsTest::square).call(7).join()).isEqualTo(49);
    }
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void functionsOfOneClassAreToldApart() {
    assertThat(once((Integer n) -> n + 1, 7)).isEqualTo(8);
    assertThat(once((Integer n) -> n + 2, 7)).isEqualTo(9);
    assertThat(once(MemoAcrossRunsTest::square, 7)).isEqualTo(49);
    assertThat(once(new Scaling(3), 7)).isEqualTo(21);
    assertThat(once(new Scaling(4), 7)).isEqualTo(28);
    assertThat(once(new Scaling(4), 7)).isEqualTo(28);
    assertThat(RUNS).hasValue(3);
  }

  private static Task1<Integer, Integer> adding(int captured) {
    return n -> {
      RUNS.incrementAndGet();
      return n + captured;
    };
  }

  @Test
  void aCapturedValueBelongsToTheKey() {
    assertThat(once(adding(1), 7)).isEqualTo(8);
    assertThat(once(adding(2), 7)).isEqualTo(9);
    assertThat(once(adding(1), 7)).isEqualTo(8);
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void aCapturedValueThatChangesBetweenCallsIsLookedAtAgain() {
    int[] offset = {1};
    Task1<Integer, Integer> function = n -> n + offset[0];
    try (Engine engine = start()) {
      App1<Integer, Integer> app = cached(engine, function);
      assertThat(app.call(7).join()).isEqualTo(8);
      offset[0] = 2;
      assertThat(app.call(8).join()).isEqualTo(10);
    }
    offset[0] = 1;
    assertThat(once(function, 8)).isEqualTo(9);
  }

  @Test
  void anArgumentOfAnotherTypeOrValueIsAnotherCall() {
    for (Object value : List.of(1, 1L, 1.0, "1", List.of(1), List.of(1L))) {
      assertThat(once(MemoAcrossRunsTest::describe, value)).isEqualTo(describe(value));
    }
  }

  static String describe(Object value) {
    Object inner = value instanceof List<?> list ? list.getFirst() : value;
    return value + " of " + inner.getClass() + " in " + value.getClass();
  }

  @Test
  void argumentsWithoutBytesAreCachedInTheirRunOnly() {
    for (int run = 1; run <= 2; run++) {
      try (Engine engine = start()) {
        App1<Handle, Integer> app = cached(engine, MemoAcrossRunsTest::numberOf);
        Handle handle = new Handle(5);
        assertThat(app.call(handle).join()).isEqualTo(5);
        assertThat(app.call(handle).join()).isEqualTo(5);
      }
      assertThat(RUNS).hasValue(run);
    }
  }

  @Test
  void functionsWithoutBytesAreCachedInTheirRunOnly() {
    Handle captured = new Handle(5);
    Task1<Integer, Integer> function =
        n -> {
          RUNS.incrementAndGet();
          return n + captured.number;
        };
    for (int run = 1; run <= 2; run++) {
      try (Engine engine = start()) {
        App1<Integer, Integer> app = cached(engine, function);
        assertThat(app.call(1).join()).isEqualTo(6);
        assertThat(app.call(1).join()).isEqualTo(6);
      }
      assertThat(RUNS).hasValue(run);
    }
  }

  @Test
  void resultsWithoutBytesAreCachedInTheirRunOnly() {
    for (int run = 1; run <= 2; run++) {
      assertThat(once(MemoAcrossRunsTest::handle, 5).number).isEqualTo(5);
      assertThat(RUNS).hasValue(run);
    }
  }

  @Test
  void aFailureIsTriedAgainByTheNextRun() {
    for (int run = 1; run <= 2; run++) {
      assertThatThrownBy(() -> once(MemoAcrossRunsTest::inverse, 0))
          .isInstanceOf(TaskFailedException.class);
      assertThat(RUNS).hasValue(run);
    }
  }

  @Test
  void aParentCountsByItsResult() {
    for (int run = 0; run < 3; run++) {
      int wanted = run;
      try (Engine engine = start()) {
        App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
        TaskFuture<Integer> parent = engine.app((Integer n) -> wanted < 2 ? n : n + 1).call(6);
        assertThat(square.call(parent).join()).isEqualTo(run < 2 ? 36 : 49);
      }
    }
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void aChainOfCachedCallsIsFoundWhole() {
    for (int run = 0; run < 2; run++) {
      try (Engine engine = start()) {
        App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
        App1<Integer, Pose> dock =
            cached(
                engine,
                (Integer n) -> {
                  RUNS.incrementAndGet();
                  return new Pose("C".repeat(n), new ArrayList<>(List.of(1.0 * n)));
                });
        App1<Pose, String> smiles =
            cached(
                engine,
                (Pose pose) -> {
                  RUNS.incrementAndGet();
                  return pose.smiles();
                });
        assertThat(smiles.call(dock.call(square.call(square.call(2)))).join()).hasSize(16);
      }
      assertThat(RUNS).hasValue(4);
    }
  }

  @Test
  void aCheckpointIsOnDiskWhenItReturns() {
    try (Engine first = start(config(CheckpointMode.MANUAL))) {
      cached(first, MemoAcrossRunsTest::square).call(7).join();
      once(MemoAcrossRunsTest::square, 8);
      assertThat(RUNS).hasValue(2);
      cached(first, MemoAcrossRunsTest::square).call(9).join();
      first.checkpoint();
      once(MemoAcrossRunsTest::square, 7);
      once(MemoAcrossRunsTest::square, 9);
      assertThat(RUNS).hasValue(3);
      cached(first, MemoAcrossRunsTest::square).call(10).join();
    }
    once(MemoAcrossRunsTest::square, 10);
    assertThat(RUNS).hasValue(5);
  }

  @Test
  void callersAtTheSameTimeRunEachCallOnce() throws InterruptedException {
    for (int run = 0; run < 2; run++) {
      try (Engine engine = start()) {
        App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
        CountDownLatch gate = new CountDownLatch(1);
        AtomicInteger good = new AtomicInteger();
        List<Thread> callers =
            IntStream.range(0, 8)
                .mapToObj(caller ->
                    Thread.ofPlatform()
                        .start(() -> {
                          awaitUnchecked(gate);
                          for (int n = 0; n < 200; n++) {
                            good.addAndGet(square.call(n).join() == n * n ? 1 : 0);
                          }
                        }))
                .toList();
        gate.countDown();
        for (Thread caller : callers) {
          caller.join();
        }
        assertThat(good).hasValue(1600);
        assertThat(engine.account().memoHits()).isEqualTo(1400 + 200L * run);
      }
      assertThat(RUNS).hasValue(200);
    }
  }

  private static void awaitUnchecked(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aCallbackMayWaitForAnotherCachedCall() {
    once(MemoAcrossRunsTest::square, 7);
    try (Engine engine = start()) {
      App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
      int sum =
          square.call(7).toCompletableFuture().thenApply(n -> n + square.call(8).join()).join();
      assertThat(sum).isEqualTo(113);
    }
  }

  /** A value whose reading waits. */
  static final class Gated implements Serializable {
    private static final long serialVersionUID = 1;
    static final CountDownLatch BEGUN = new CountDownLatch(1);
    static final CountDownLatch GATE = new CountDownLatch(1);

    private void readObject(ObjectInputStream in) throws IOException {
      BEGUN.countDown();
      awaitUnchecked(GATE);
    }
  }

  static Gated gated(int n) {
    RUNS.incrementAndGet();
    return new Gated();
  }

  @Test
  void aCallThatIsLookedUpCanBeCancelled() throws InterruptedException {
    once(MemoAcrossRunsTest::gated, 7);
    try (Engine engine = start()) {
      TaskFuture<Gated> future = cached(engine, MemoAcrossRunsTest::gated).call(7);
      Gated.BEGUN.await();
      assertThat(future.cancel()).isTrue();
      assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
      Gated.GATE.countDown();
      assertThat(cached(engine, MemoAcrossRunsTest::square).call(8).join()).isEqualTo(64);
      assertThat(engine.account().memoHits()).isZero();
    }
    assertThat(RUNS).hasValue(2);
  }

  @Test
  void aDamagedStoreIsReportedAndTheRunGoesOn() throws IOException {
    Files.writeString(home.resolve("state.db"), "somebody's thesis ".repeat(100));
    try (Engine engine = start(config(CheckpointMode.MANUAL))) {
      App1<Integer, Integer> square = cached(engine, MemoAcrossRunsTest::square);
      assertThat(square.call(7).join()).isEqualTo(49);
      assertThatThrownBy(engine::checkpoint)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("the checkpoint was not written", "state.db", "move the file");
      assertThat(square.call(8).join()).isEqualTo(64);
    }
  }

  @Test
  void aRunFolderThatCannotBeMadeIsNamedAtTheStart() throws IOException {
    Path file = Files.createFile(home.resolve("file"));
    assertThatThrownBy(() -> start(config(CheckpointMode.TASK_EXIT).runDir(file)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("run_dir is " + file, "may write");
  }

  @Test
  void aCheckpointAfterTheEndIsRefused() {
    Engine engine = start();
    engine.close();
    assertThatThrownBy(engine::checkpoint)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void theRunHasANumberedFolderWithItsAccount() throws IOException {
    once(MemoAcrossRunsTest::square, 7);
    once(MemoAcrossRunsTest::square, 7);
    assertThat(Files.readString(home.resolve("runs").resolve("000").resolve("run.properties")))
        .contains("succeeded=1\n", "memo_hits=0\n");
    assertThat(Files.readString(home.resolve("runs").resolve("001").resolve("run.properties")))
        .contains("succeeded=1\n", "memo_hits=1\n");
  }

  @Test
  void resultsOfAKilledProgramAreFoundByTheNextOne() throws Exception {
    Path calls = home.resolve("calls");
    Process first = victim(calls, "wait");
    try (var out = first.inputReader()) {
      assertThat(out.readLine()).isEqualTo("durable");
    } finally {
      first.destroyForcibly();
    }
    assertThat(first.waitFor()).isEqualTo(137);
    Process second = victim(calls, "end");
    try (var out = second.inputReader()) {
      assertThat(out.readLine()).isEqualTo("durable");
    }
    assertThat(second.waitFor()).isZero();
    assertThat(Files.readAllLines(calls)).hasSize(MemoVictim.CALLS).doesNotHaveDuplicates();
  }

  private Process victim(Path calls, String then) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-cp",
            fonio.worker.ClassPath.own(),
            MemoVictim.class.getName(),
            home.toString(),
            calls.toString(),
            then)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
