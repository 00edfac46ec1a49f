package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a worker's tasks when its process ends. */
class WorkerDeathTest {
  @TempDir Path folder;

  private Node node;

  @BeforeEach
  void start() throws IOException {
    node = Node.start(folder, 1);
    node.untilReady();
  }

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void workerThatExitsIsNamedByItsCodeAndReplaced() {
    int pid = node.pid(0);
    node.send(0, 1, 1, "import os; os._exit(3)");
    node.until(() -> !node.lost.isEmpty());
    assertThat(node.lost.get(1L).status()).isEqualTo(new ExitStatus(0, 3));
    assertThat(node.lost.get(1L).pid()).isEqualTo(pid);
    node.untilReady();
    node.send(0, 1, 2, "pass");
    node.until(() -> node.answered.contains(2L));
    assertThat(node.pid(0)).isNotEqualTo(pid);
  }

  @Test
  void onlyTheTaskThatRanIsChargedAndTheOthersGoBackYoungestFirst() {
    node.send(0, 1, 1, "import os; os.kill(os.getpid(), 9)", "pass", "pass");
    node.until(() -> !node.lost.isEmpty());
    assertThat(node.lost.keySet()).containsExactly(1L);
    assertThat(node.lost.get(1L).status()).isEqualTo(new ExitStatus(9, -1));
    assertThat(node.returned).containsExactly(3L, 2L);
    assertThat(node.answered).isEmpty();
  }

  @Test
  void deathQuotesTheWorkersOwnLastWordsAndNotItsPredecessors() {
    node.send(0, 1, 1, "import os; os.write(2, b'first words\\n'); os._exit(3)");
    node.until(() -> node.lost.containsKey(1L));
    assertThat(node.lost.get(1L).lastLines()).isEqualTo("first words");
    node.untilReady();
    node.send(0, 1, 2, "import os; os._exit(4)");
    node.until(() -> node.lost.containsKey(2L));
    assertThat(node.lost.get(2L).lastLines()).isEmpty();
    assertThat(node.output.toString()).isEqualTo("first words\n");
  }

  @Test
  void taskThatScribblesOverItsRingEndsItsOwnWorkerOnly() {
    node.send(
        0,
        1,
        1,
        """
        import gc, mmap, time
        for ring in gc.get_objects():
            if isinstance(ring, mmap.mmap):
                ring[0:8] = bytes(range(1, 9))
        time.sleep(30)
        """);
    node.until(() -> node.lost.containsKey(1L));
    assertThat(node.output.toString()).contains("node-w0 is ended", "the ring's tail is");
    assertThat(node.lost.get(1L).text()).startsWith("was ended, as it broke the protocol: ");
    node.untilReady();
    node.send(0, 1, 2, "pass");
    node.until(() -> node.answered.contains(2L));
  }

  @Test
  void endOfTheSocketAloneIsNoDeathAndLetsTheLoopSleep() {
    int before = node.turns;
    node.send(0, 1, 1, "import os, time; os.closerange(3, 64); time.sleep(0.2)");
    node.until(() -> node.answered.contains(1L));
    assertThat(node.lost).isEmpty();
    assertThat(node.turns - before).isLessThan(1000);
  }

  @Test
  void walltimeEndsTheTaskAndItsWorkerAndLeavesTheOthers() {
    node.send(0, 2, 1, "import time; time.sleep(30)", "pass");
    node.until(() -> !node.timedOut.isEmpty());
    assertThat(node.timedOut).containsExactly(1L);
    assertThat(node.returned).containsExactly(2L);
    assertThat(node.lost).isEmpty();
  }

  @Test
  void killOfATaskThatWasJustSentReachesIt() {
    node.send(0, 1, 1, "import time; time.sleep(30)");
    assertThat(node.pool.kill(1)).isTrue();
    node.until(() -> !node.killed.isEmpty());
    assertThat(node.killed).containsExactly(1L);
    assertThat(node.lost).isEmpty();
  }

  @Test
  void killOfATaskThatHasNotBegunKeepsItFromRunningAndSparesItsWorker() throws IOException {
    int pid = node.pid(0);
    node.send(
        0,
        1,
        1,
        "import os, time\nopen('begun', 'w')\nwhile not os.path.exists('go'): time.sleep(0.001)",
        "open('ran', 'w')");
    node.until(() -> Files.exists(folder.resolve("begun")));
    assertThat(node.pool.kill(2)).isTrue();
    Files.createFile(folder.resolve("go"));
    node.until(() -> node.answered.contains(1L) && node.killed.contains(2L));
    assertThat(node.returned).isEmpty();
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(node.pid(0)).isEqualTo(pid);
  }

  @Test
  void killOfATaskBesideARecalledOneTakesItBackToo() throws IOException {
    int pid = node.pid(0);
    node.send(
        0,
        1,
        1,
        "import os, time\nopen('begun', 'w')\nwhile not os.path.exists('go'): time.sleep(0.001)",
        "open('ran', 'w')",
        "pass");
    node.until(() -> Files.exists(folder.resolve("begun")));
    assertThat(node.pool.recall(3)).isTrue();
    assertThat(node.pool.kill(2)).isTrue();
    assertThat(node.killed).containsExactly(2L);
    Files.createFile(folder.resolve("go"));
    node.until(() -> node.answered.contains(1L));
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(node.pid(0)).isEqualTo(pid);
  }

  @Test
  void killOfATaskThatNoWorkerHasIsRefused() {
    assertThat(node.pool.kill(1)).isFalse();
  }

  @Test
  void killedTaskEndsWithItsWorkerAndIsNotLost() {
    node.send(0, 1, 1, "import time; time.sleep(30)");
    node.until(() -> node.pool.kill(1));
    node.until(() -> !node.killed.isEmpty());
    assertThat(node.killed).containsExactly(1L);
    assertThat(node.lost).isEmpty();
  }
}
