package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that have ended do not wait for a long task that runs behind them in their frame. */
class UrgedTest {
  private static final String WAIT_FOR_FILE =
      "import os, time\nwhile not os.path.exists('go'): time.sleep(0.001)";

  @TempDir Path folder;

  @Test
  void whatEndedBeforeALongTaskComesWhileItRuns() throws IOException {
    try (Node node = Node.start(folder, 1)) {
      node.untilReady();
      node.send(0, 1, 1, "pass", "pass", WAIT_FOR_FILE, "pass");
      node.until(() -> node.answered.size() == 2);
      assertThat(node.answered).containsExactly(1L, 2L);
      Files.createFile(folder.resolve("go"));
      node.until(() -> node.answered.size() == 4);
      assertThat(node.answered).containsExactly(1L, 2L, 3L, 4L);
      assertThat(node.lost).isEmpty();
    }
  }

  @Test
  void whatFailedBeforeALongTaskComesWhileItRuns() throws IOException {
    try (Node node = Node.start(folder, 1)) {
      node.untilReady();
      node.send(0, 1, 1, "1/0", "import sys; sys.setrecursionlimit(2000)", WAIT_FOR_FILE);
      node.until(() -> node.answered.size() == 2);
      Files.createFile(folder.resolve("go"));
      node.until(() -> node.answered.size() == 3);
      assertThat(node.answered).containsExactly(1L, 2L, 3L);
    }
  }
}
