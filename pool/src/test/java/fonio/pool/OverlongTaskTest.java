package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that runs much longer than its class used to must not hold others up. */
class OverlongTaskTest {
  private static final String WAIT_FOR_FILE =
      "import os, time\nwhile not os.path.exists('go'): time.sleep(0.001)";

  @TempDir Path folder;

  private Node node;

  @BeforeEach
  void learnThatTasksAreShort() throws IOException {
    node = Node.start(folder, 2);
    node.untilReady();
    for (int worker = 0; worker < 2; worker++) {
      node.send(worker, 1, 1 + 100L * worker, "pass", "pass", "pass", "pass");
    }
    node.until(() -> node.answered.size() == 8);
    for (int round = 0; round < 20; round++) {
      long task = 1000 + 10L * round;
      node.send(0, 1, task, "pass", "pass");
      node.until(() -> node.answered.contains(task + 1));
    }
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void letGo() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  @Test
  void nothingIsSentBehindIt() throws IOException {
    assertThat(node.pool.room(0, 1)).isGreaterThan(1);
    node.send(0, 1, 2000, WAIT_FOR_FILE);
    node.until(() -> node.pool.room(0, 1) == 0);
    assertThat(node.pool.room(1, 1)).isPositive();
    assertThat(node.pool.choose(1)).isEqualTo(1);
    letGo();
    node.until(() -> node.answered.contains(2000L));
    assertThat(node.pool.room(0, 1)).isPositive();
  }

  @Test
  void whatStoodBehindItGoesBackAndNothingFollowsUntilItIsDone() throws IOException {
    node.send(0, 1, 2000, WAIT_FOR_FILE, "pass", "pass");
    node.until(() -> {
      node.pool.balance(0);
      return node.returned.size() == 2;
    });
    assertThat(node.returned).containsExactly(2002L, 2001L);
    assertThat(node.pool.room(0, 1)).isZero();
    letGo();
    node.until(() -> node.answered.contains(2000L));
    node.until(() -> node.pool.room(0, 1) > 0);
    assertThat(node.answered).doesNotContain(2001L, 2002L);
  }

  @Test
  void takingBackTheRunningTaskDoesNotKeepThoseBehindItFromGoing() {
    node.send(0, 1, 2000, WAIT_FOR_FILE, "pass", "pass");
    node.until(() -> node.pool.room(0, 1) == 0);
    assertThat(node.pool.recall(2000)).isFalse();
    assertThat(node.pool.recall(2002)).isTrue();
    assertThat(node.returned).contains(2001L, 2002L);
  }
}
