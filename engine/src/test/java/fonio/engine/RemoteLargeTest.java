package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.App2;
import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import fonio.api.Options;
import fonio.api.TaskFailedException;
import fonio.api.TaskFuture;
import fonio.api.ThreadPoolExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RemoteLargeTest {
  private static final int MEGABYTE = 1_000_000;

  @TempDir Path folder;
  private final Leftovers leftovers = new Leftovers();
  private final Engine engine =
      Fonio.start(
          Config.builder()
              .executors(new DirectExecutor("large", 2), new ThreadPoolExecutor("threads", 1))
              .build());
  private final App1<byte[], byte[]> next = engine.app(RemoteLargeTest::next);

  /** The array with each element one larger. */
  static byte[] next(byte[] given) {
    for (int i = 0; i < given.length; i++) {
      given[i]++;
    }
    return given;
  }

  @AfterEach
  void close() {
    Path spill = ((Library) engine).workers().workers().spill();
    engine.close();
    assertEquals(Set.of(), leftovers.folders("large"));
    assertFalse(Files.exists(spill), spill.toString());
  }

  /** The segments of the run that are there now. */
  private List<Path> segments() {
    Path shared = Path.of("/dev/shm", leftovers.folders("large").iterator().next());
    try (Stream<Path> files = Files.list(shared)) {
      return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{16}")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aHundredMegabytesTravelBothWays() {
    byte[] back = next.call(new byte[100 * MEGABYTE]).join();
    assertEquals(100 * MEGABYTE, back.length);
    assertEquals(1, back[back.length - 1]);
    assertEquals(List.of(), segments());
  }

  @Test
  void aLargeResultFeedsManyTasksAndIsThenRemoved() {
    App2<byte[], Integer, Integer> pick = engine.app((byte[] from, Integer at) -> (int) from[at]);
    TaskFuture<byte[]> first = next.call(new byte[MEGABYTE]);
    TaskFuture<byte[]> here = next.with(Options.on("threads")).call(first);
    List<TaskFuture<Integer>> picks =
        IntStream.range(0, 100)
            .mapToObj(i -> pick.call(i % 2 == 0 ? first : here, fonio.api.Arg.of(i)))
            .toList();
    picks.forEach(task -> assertTrue(task.join() == 1 || task.join() == 2));
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
  void theArgumentsOfATaskWhoseWorkerIsKilledTravelAgain() {
    String marker = folder.resolve("died").toString();
    App2<byte[], String, Integer> dieFirst =
        engine.app((byte[] given, String file) -> {
          if (Files.notExists(Path.of(file))) {
            Files.createFile(Path.of(file));
            new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start();
            new java.util.concurrent.CountDownLatch(1).await();
          }
          return given.length;
        });
    TaskFuture<byte[]> parent = next.call(new byte[MEGABYTE]);
    assertEquals(MEGABYTE, dieFirst.call(parent, fonio.api.Arg.of(marker)).join());
    assertEquals(List.of(), segments());
  }

  @Test
  void aValueThatWouldHashForeverFailsItsTaskAlone() {
    App1<Object, Integer> take = engine.app((Object given) -> 1);
    TaskFuture<Integer> taking = take.call((Object) bomb());
    TaskFuture<Object> giving = engine.app(() -> (Object) bomb()).call();
    assertRefused(taking);
    assertRefused(giving);
    assertEquals(1, take.call((Object) "harmless").join());
    assertFalse(engine.account().succeeded() > 1);
  }

  private static void assertRefused(TaskFuture<?> task) {
    TaskFailedException error = assertThrows(TaskFailedException.class, task::join);
    assertTrue(error.getMessage().contains("nested more than"), error.getMessage());
    assertInstanceOf(Exception.class, error.getCause());
  }

  /** Sets that each hold the next two, which are equal in all but one text. */
  static Set<Object> bomb() {
    Set<Object> root = new HashSet<>();
    List<Set<Object>> above = new ArrayList<>(List.of(root));
    for (int level = 0; level < 60; level++) {
      Set<Object> one = new HashSet<>(Set.of("one"));
      Set<Object> other = new HashSet<>();
      List<Set<Object>> both = List.of(one, other);
      above = fill(above, both);
    }
    return root;
  }

  private static List<Set<Object>> fill(List<Set<Object>> above, List<Set<Object>> both) {
    above.forEach(set -> set.addAll(both));
    return both;
  }
}
