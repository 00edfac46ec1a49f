package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.App1;
import fonio.api.CheckpointMode;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cached calls of one run and of those that come after it in the same folder. */
class MemoAcrossRunsTest extends MemoFixture {
  /** A value that has no short form. */
  record Pose(String smiles, List<Double> scores) implements Serializable {}

  static Pose dock(String smiles) {
    RUNS.incrementAndGet();
    return smiles.isEmpty() ? null : new Pose(smiles, List.of(-7.5, -6.25));
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
        App1<Integer, Integer> square = cached(engine, MemoFixture::square);
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
        assertThat(cached(engine, MemoFixture::square).call(7).join()).isEqualTo(49);
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
    once(MemoFixture::square, 7);
    try (Engine engine = start(config(CheckpointMode.TASK_EXIT).appCache(false))) {
      App1<Integer, Integer> square = cached(engine, MemoFixture::square);
      assertThat(square.call(7).join()).isEqualTo(49);
      assertThat(square.call(7).join()).isEqualTo(49);
      assertThat(engine.account().memoHits()).isZero();
    }
    assertThat(RUNS).hasValue(3);
  }

  @Test
  void callsThatAreNotCachedRunInEachRun() {
    once(MemoFixture::square, 7);
    try (Engine engine = start()) {
      assertThat(engine.app(MemoFixture::square).call(7).join()).isEqualTo(49);
    }
    assertThat(RUNS).hasValue(2);
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
        App1<Integer, Integer> square = cached(engine, MemoFixture::square);
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
        App1<Integer, Integer> square = cached(engine, MemoFixture::square);
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
  void callersAtTheSameTimeRunEachCallOnce() throws InterruptedException {
    for (int run = 0; run < 2; run++) {
      try (Engine engine = start()) {
        App1<Integer, Integer> square = cached(engine, MemoFixture::square);
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
    once(MemoFixture::square, 7);
    try (Engine engine = start()) {
      App1<Integer, Integer> square = cached(engine, MemoFixture::square);
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
      assertThat(cached(engine, MemoFixture::square).call(8).join()).isEqualTo(64);
      assertThat(engine.account().memoHits()).isZero();
    }
    assertThat(RUNS).hasValue(2);
  }
}
