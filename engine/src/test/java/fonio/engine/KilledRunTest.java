package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.Config;
import fonio.api.DirectExecutor;
import fonio.api.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a Java program that was killed, after the next one has started. */
@Timeout(60)
class KilledRunTest {
  private static final Config ONE =
      Config.builder().executors(new DirectExecutor("killed", 1)).build();

  /** A program that says where its run keeps large payloads and where its worker is, and waits. */
  static final class Program {
    private Program() {}

    public static void main(String[] words) throws Exception {
      try (Engine engine = Fonio.start(ONE)) {
        JavaWorkers workers = ((Library) engine).workers().workers();
        Files.write(workers.folder().resolve("0000001000000000"), new byte[1000]);
        Files.write(workers.spill().resolve("8000001000000001"), new byte[1000]);
        System.out.println(workers.folder());
        System.out.println(workers.spill());
        System.out.println(engine.app(() -> ProcessHandle.current().pid()).call().join());
        new CountDownLatch(1).await();
      }
    }
  }

  @Test
  void theNextStartRemovesWhatAKilledProgramLeft() throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = program.inputReader()) {
      Path folder = Path.of(said.readLine());
      Path spill = Path.of(said.readLine());
      String worker = said.readLine();
      program.destroyForcibly().waitFor();
      assertTrue(Files.exists(folder.resolve("0000001000000000")));
      assertTrue(Files.exists(spill.resolve("8000001000000001")));

      Fonio.start(ONE).close();

      assertFalse(Files.exists(folder), folder.toString());
      assertFalse(Files.exists(spill), spill.toString());
      while (isAlive(worker)) {
        Thread.onSpinWait();
      }
    } finally {
      program.destroyForcibly();
    }
  }

  private static boolean isAlive(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "status")).contains("State:\tZ");
    } catch (IOException gone) {
      return false;
    }
  }

  @Test
  void aRunThatEndsInOrderLeavesNoFolderInTheTempFolder() {
    Engine engine = Fonio.start(ONE);
    Path spill = ((Library) engine).workers().workers().spill();
    assertTrue(Files.isDirectory(spill));
    engine.close();
    assertFalse(Files.exists(spill));
  }
}
