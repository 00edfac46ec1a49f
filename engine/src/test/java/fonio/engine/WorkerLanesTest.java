package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App0;
import fonio.api.App1;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import fonio.api.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What tasks in worker processes can and cannot do that those in threads do otherwise. */
@Timeout(120)
class WorkerLanesTest {
  private final Leftovers leftovers = new Leftovers();
  private final Engine engine =
      Fonio.start(
          Config.builder()
              .executors(new DirectExecutor("direct", 2), new ThreadPoolExecutor("threads", 1))
              .mostOutstanding(5000)
              .build());
  private final App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void aCallRunsInAnotherProcess() {
    long there = engine.app(() -> ProcessHandle.current().pid()).call().join();
    assertNotEquals(ProcessHandle.current().pid(), there);
    assertEquals(42, increment.call(41).join());
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
  void aTaskThatCapturesItsRunIsRefusedByName() {
    Engine run = engine;
    App1<Integer, Integer> nested = run.app((Integer n) -> run.app(() -> n).call().join());
    var error = assertThrows(IllegalArgumentException.class, () -> nested.call(1));
    assertTrue(error.getMessage().contains("fonio.engine.Library"), error.getMessage());
    assertEquals(1, nested.with(Options.on("threads")).call(1).join());
  }

  @Test
  void aJoinAppOfThreadsCallsAppsOfWorkerProcesses() {
    App0<Long> pid = engine.app(() -> ProcessHandle.current().pid());
    assertNotEquals(
        ProcessHandle.current().pid(),
        engine.join(pid::call).with(Options.on("threads")).call().join());
  }

  @Test
  void aCloseLeavesNothing() {
    assertEquals(1, increment.call(0).join());
    engine.close();
    assertEquals(Set.of(), leftovers.folders("direct"));
    assertEquals(List.of(), Leftovers.workers());
  }
}
