package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.App2;
import fonio.api.Arg;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.kernel.TaskState;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tasks on other nodes do otherwise than those in worker processes of this machine. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodesTest {
  private static final int MEGABYTE = 1_000_000;
  private static final Options QUEUE = Options.on("queue");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private Path home = Path.of("");
  private Engine engine;
  private App1<byte[], byte[]> next;

  /** The array with each element one larger. */
  static byte[] next(byte[] given) {
    for (int i = 0; i < given.length; i++) {
      given[i]++;
    }
    return given;
  }

  @BeforeAll
  void start(@TempDir Path runs) {
    home = runs;
    engine =
        Fonio.start(
            Config.builder()
                .runDir(home)
                .executors(
                    Nodes.of("htex", 2).build(), Nodes.of("queue", 1).prefetchCapacity(8).build())
                .build());
    next = engine.app(NodesTest::next);
  }

  @AfterAll
  void aCloseLeavesOnlyTheFolderOfTheRun() throws IOException {
    Path segments = folderOfSegments();
    List<ProcessHandle> processes = managers();
    engine.close();
    assertFalse(Files.exists(segments), segments.toString());
    assertEquals(3, processes.size());
    Deadline.in(PATIENCE).await("the end of all managers", () -> managers().isEmpty());
    assertEquals(List.of(), Leftovers.workers());
    assertTrue(Files.readString(home.resolve("runs/000/run.properties")).contains("\nended="));
  }

  private Path folderOfSegments() {
    return ((Library) engine).workers().workers().folder();
  }

  private static List<ProcessHandle> managers() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> command(process).contains("fonio.manager.ManagerMain"))
        .filter(process -> command(process).startsWith(System.getProperty("java.home")))
        .toList();
  }

  private static String command(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  /** The segments of the run that are there now. */
  private List<Path> segments() {
    try (Stream<Path> files = Files.list(folderOfSegments())) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{16}")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aTaskSaysWhichBlockItIsIn() {
    App1<Integer, String> block = engine.app((Integer n) -> System.getenv("FONIO_BLOCK"));
    assertTrue(block.call(0).join().matches("[0-9]"));
  }

  @Test
  void aLargeResultFeedsTasksOnOtherNodesAndIsThenRemoved() {
    App2<byte[], Integer, Integer> pick = engine.app((byte[] from, Integer at) -> (int) from[at]);
    TaskFuture<byte[]> first = next.call(new byte[MEGABYTE]);
    TaskFuture<byte[]> second = next.with(QUEUE).call(first);
    List<TaskFuture<Integer>> picks =
        IntStream.range(0, 20).mapToObj(i -> pick.call(second, Arg.of(i))).toList();
    picks.forEach(task -> assertEquals(2, task.join()));
    assertEquals(MEGABYTE, first.join().length);
    assertEquals(List.of(), segments());
  }

  @Test
  void aLargeErrorTravels() {
    App1<Integer, Integer> fail =
        engine.app((Integer n) -> {
          throw new IllegalStateException("x".repeat(n));
        });
    TaskFailedException error =
        assertThrows(TaskFailedException.class, () -> fail.call(MEGABYTE).join());
    assertEquals(MEGABYTE, error.getCause().getMessage().length());
    assertEquals(List.of(), segments());
  }

  @Test
  void eachOfTwoHundredTasksEndsRightOnceThoughAManagerIsKilled() {
    Gate gate = new Gate(folder.resolve("kill").toString());
    App1<Integer, Integer> gated = engine.app((Integer n) -> gate.pass(n));
    long before = engine.account().succeeded();
    long failedBefore = engine.account().failed();
    List<TaskFuture<Integer>> tasks = IntStream.range(0, 200).mapToObj(gated::call).toList();
    gate.awaitArrival();
    Deadline.in(PATIENCE).await("tasks at both managers", () -> held() == 2);
    ProcessHandle victim =
        managers().stream().filter(one -> command(one).contains("--block 1")).findFirst().get();
    assertTrue(victim.destroyForcibly());
    gate.open();
    for (int i = 0; i < tasks.size(); i++) {
      assertEquals(i, tasks.get(i).join());
    }
    assertEquals(200, engine.account().succeeded() - before);
    assertEquals(failedBefore, engine.account().failed());
    Deadline.in(PATIENCE).await("a block in its place", () -> managers().size() == 3);
  }

  @Test
  void aTaskThatWaitsInItsManagerIsCancelled() {
    Gate gate = new Gate(folder.resolve("queue").toString());
    Notes notes = new Notes(folder.resolve("queued").toString());
    App1<Integer, Integer> noted = engine.app((Integer n) -> notes.add(n)).with(QUEUE);
    App1<Integer, Integer> gated = engine.app((Integer n) -> gate.pass(n)).with(QUEUE);
    TaskFuture<Integer> running = gated.call(7);
    gate.awaitArrival();
    List<TaskFuture<Integer>> queued = IntStream.range(0, 4).mapToObj(noted::call).toList();
    Deadline.in(PATIENCE).await("all of them at the manager", () -> held() == 5);
    assertTrue(queued.get(1).cancel());
    assertTrue(queued.get(1).isCancelled());
    assertFalse(running.cancel());
    gate.open();
    assertEquals(7, running.join());
    queued.stream().filter(task -> !task.isCancelled()).forEach(TaskFuture::join);
    assertEquals(List.of(0, 2, 3), notes.all());
  }

  private long held() {
    Core core = ((Library) engine).core;
    AtomicLong count = new AtomicLong();
    core.held(() -> count.set(core.kernel.census().count(TaskState.HELD)));
    return count.get();
  }
}
