package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are replaced after so many tasks. */
class RetirementTest {
  @TempDir Path folder;

  private Node node() throws IOException {
    Node node = new Node(folder, Node.config(folder, 1, "python3", 1, false));
    node.untilReady();
    return node;
  }

  @Test
  void workerThatHasDoneItsTasksIsReplaced() throws IOException {
    try (Node node = node()) {
      int pid = node.pid(0);
      node.send(0, 1, 1, "pass");
      node.until(() -> node.pid(0) != pid);
      node.untilReady();
      assertThat(node.answered).containsExactly(1L);
      assertThat(node.output.toString()).isEmpty();
    }
  }

  @Test
  void workerThatHangsAfterItsCloseIsNamedAndEndedAndReplaced() throws IOException {
    try (Node node = node()) {
      int pid = node.pid(0);
      node.send(
          0, 1, 1, "import fonio._worker_loop as w, time; w.leave = lambda code: time.sleep(100)");
      node.until(() -> node.pool.describe().get("node-w0").contains("ending"));
      node.skippedNanos.addAndGet(2_000_000_000L);
      node.until(() -> node.pid(0) != pid);
      node.untilReady();
      assertThat(node.output.toString())
          .contains("node-w0 is ended: it did not end within 2 s of its CLOSE");
    }
  }
}
