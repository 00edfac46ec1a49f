package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real worker's tasks have of the node. */
class AllottingTest {
  private static final String NOTE =
      "import os; open('%s', 'w').write(str(len(os.sched_getaffinity(0))) + os.environ.get('NAME', '-'))";

  @TempDir Path folder;

  @Test
  void allotmentHoldsForTheTasksThatFollowUntilTheNext() throws IOException {
    int all = Processes.allowedCores().size();
    String first = "" + Processes.allowedCores().getFirst();
    try (Node node = Node.start(folder, 1)) {
      node.untilReady();
      node.pool.allot(0, Map.of("cores", first, "env.NAME", "mine"));
      node.send(0, 1, 1, NOTE.formatted("a"));
      node.pool.allot(0, Map.of());
      node.send(0, 1, 2, NOTE.formatted("b"));
      node.until(() -> node.answered.size() == 2);
    }
    assertThat(Files.readString(folder.resolve("a"))).isEqualTo("1mine");
    assertThat(Files.readString(folder.resolve("b"))).isEqualTo(all + "-");
  }

  @Test
  void workerThatIsNotReadyIsToldNothing() throws IOException {
    try (Node node = Node.start(folder, 1)) {
      node.pool.allot(0, Map.of("env.NAME", "early"));
      node.untilReady();
      assertThat(node.pool.isFree(0)).isTrue();
      node.send(0, 1, 1, NOTE.formatted("a"));
      assertThat(node.pool.hasTasks(0)).isTrue();
      node.until(() -> node.answered.size() == 1);
    }
    assertThat(Files.readString(folder.resolve("a"))).endsWith("-");
  }
}
