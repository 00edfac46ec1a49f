package fonio.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.HighThroughputExecutor;
import fonio.api.SlurmProvider;
import fonio.api.WorkerLostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose batch system gives no nodes. */
@Timeout(60)
class NodesMissingTest {
  private static final String REFUSAL = "sbatch: error: invalid partition specified: nosuch";

  @TempDir Path folder;

  /** A program that says, in a line each, what became of a task and of a later one. */
  static final class Program {
    private Program() {}

    public static void main(String[] words) {
      SlurmProvider provider = SlurmProvider.builder().partition("nosuch").build();
      Config config =
          Config.builder()
              .runDir(Path.of(words[0]))
              .retries(1)
              .executors(HighThroughputExecutor.builder().provider(provider).build())
              .build();
      try (Engine engine = Fonio.start(config)) {
        App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
        for (int i = 0; i < 2; i++) {
          try {
            System.out.println(increment.call(i).join());
          } catch (WorkerLostException e) {
            System.out.println(e.getMessage().replace("\n", " "));
          }
        }
      }
    }
  }

  private void command(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aPartitionThatIsNotThereEndsAllTasksWithWhatTheBatchSystemSays() throws Exception {
    command("sbatch", "echo '" + REFUSAL + "' >&2; exit 1");
    command("squeue", "exit 0");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            folder.resolve("runs").toString());
    builder.environment().merge("PATH", folder + ":", (path, first) -> first + path);
    Process program = builder.redirectError(folder.resolve("err").toFile()).start();
    List<String> said = program.inputReader().readAllLines();
    assertEquals(0, program.waitFor(), () -> read(folder.resolve("err")));
    assertEquals(2, said.size(), said::toString);
    for (String line : said) {
      assertTrue(line.contains(REFUSAL), line);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
