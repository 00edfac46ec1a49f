package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.TaskFuture;
import fonio.kernel.TaskState;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteCancelTest {
  private static final int QUEUED = 8;

  @TempDir Path folder;
  private final Engine engine =
      Fonio.start(Config.builder().executors(new DirectExecutor("direct", 1)).build());
  private final App1<String, Integer> leaveTrace = engine.app(RemoteCancelTest::leaveTrace);

  /** Makes a file; one that is called {@code waits} waits for the file {@code go} beside it. */
  static int leaveTrace(String name) throws IOException {
    Path file = Path.of(name);
    Files.createFile(file);
    while (file.endsWith("waits") && Files.notExists(file.resolveSibling("go"))) {
      Thread.onSpinWait();
    }
    return 0;
  }

  @AfterEach
  void close() throws IOException {
    if (Files.notExists(folder.resolve("go"))) {
      Files.createFile(folder.resolve("go"));
    }
    engine.close();
  }

  private void awaitWaiting() {
    Deadline.in(Duration.ofSeconds(30))
        .await("the task that waits", () -> Files.exists(folder.resolve("waits")));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** Has short tasks queue in the worker behind one that runs. */
  private List<TaskFuture<Integer>> queue() {
    List<TaskFuture<Integer>> first =
        IntStream.range(0, 100).mapToObj(i -> leaveTrace.call(file("first-" + i))).toList();
    first.forEach(TaskFuture::join);
    assertFalse(leaveTrace.call(file("waits")).isCancelled());
    List<TaskFuture<Integer>> queued =
        IntStream.range(0, QUEUED).mapToObj(i -> leaveTrace.call(file("queued-" + i))).toList();
    awaitWaiting();
    Deadline.in(Duration.ofSeconds(30)).await("tasks behind it", () -> held() > 1);
    return queued;
  }

  private long held() {
    Core core = ((Library) engine).core;
    AtomicLong count = new AtomicLong();
    core.held(() -> count.set(core.kernel.census().count(TaskState.HELD)));
    return count.get();
  }

  @Test
  void aTaskThatAWorkerHasAndHasNotBegunIsCancelled() throws IOException {
    List<TaskFuture<Integer>> queued = queue();
    assertTrue(queued.getFirst().cancel());
    assertTrue(queued.getFirst().isCancelled());
    Files.createFile(folder.resolve("go"));
    for (int i = 1; i < QUEUED; i++) {
      assertEquals(0, queued.get(i).join());
    }
    assertTrue(Files.notExists(folder.resolve("queued-0")));
    assertTrue(Files.exists(folder.resolve("queued-1")));
    assertEquals(1, engine.account().cancelled());
  }

  @Test
  void aTaskThatRunsIsNotCancelled() throws IOException {
    TaskFuture<Integer> runs = leaveTrace.call(file("waits"));
    awaitWaiting();
    assertFalse(runs.cancel());
    assertFalse(runs.isDone());
    Files.createFile(folder.resolve("go"));
    assertEquals(0, runs.join());
    assertFalse(runs.cancel());
  }

  @Test
  void aCancelInACallbackOfATaskDoesNotWaitForItself() throws IOException {
    TaskFuture<Integer> first = leaveTrace.call(file("waits"));
    TaskFuture<Integer> other = leaveTrace.call(file("other"));
    CompletableFuture<Boolean> cancelled =
        first.toCompletableFuture().thenApply(done -> other.cancel());
    Files.createFile(folder.resolve("go"));
    assertEquals(other.isCancelled(), cancelled.join());
  }
}
