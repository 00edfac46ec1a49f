package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import fonio.api.App1;
import fonio.api.App2;
import fonio.api.Arg;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.ManagerSelector;
import fonio.api.TaskFuture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Large results of Java tasks, which the nodes that made them keep. */
@Timeout(60)
class KeptOnNodesTest {
  private static final int BYTES = 10_000_000;

  @TempDir Path home;
  private Engine engine;
  private App1<Integer, byte[]> make;
  private App2<byte[], Integer, String> look;

  @BeforeEach
  void start() {
    engine =
        Fonio.start(
            Config.builder()
                .runDir(home)
                .executors(Nodes.of("htex", 2).managerSelector(ManagerSelector.DATA).build())
                .build());
    make = engine.app((Integer n) -> Arrays.copyOf(here(), n));
    look =
        engine.app(
            (byte[] made, Integer n) -> new String(here(), StandardCharsets.UTF_8) + made.length);
  }

  @AfterEach
  void close() {
    engine.close();
    assertEquals(List.of(), Leftovers.workers());
  }

  /** The name of the manager of this task. */
  static byte[] here() {
    return System.getenv("FONIO_MANAGER").getBytes(StandardCharsets.UTF_8);
  }

  private static String maker(byte[] made) {
    return new String(made, 0, 15, StandardCharsets.UTF_8);
  }

  @Test
  void tasksRunWhereTheirInputWasMade() {
    for (int round = 0; round < 3; round++) {
      TaskFuture<byte[]> made = make.call(BYTES + round);
      for (int n = 0; n < 5; n++) {
        String told = look.call(made, Arg.of(n)).join();
        assertEquals(maker(made.join()) + (BYTES + round), told);
      }
    }
  }

  @Test
  void manyAtOnceGetTheSameInputWhereverTheyRun() {
    TaskFuture<byte[]> made = make.call(BYTES);
    List<TaskFuture<String>> told =
        IntStream.range(0, 40).mapToObj(n -> look.call(made, Arg.of(n))).toList();
    told.forEach(each -> assertEquals("" + BYTES, each.join().substring(15)));
    assertNotEquals("", maker(made.join()));
  }
}
