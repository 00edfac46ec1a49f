package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.wire.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager with one real worker, and an interchange that does what the test says. */
class ManagerTest {
  /** Says that it runs, and does until the test lets it end. */
  private static final String LONG =
      "import os, time\nopen('runs', 'w').close()\nwhile not os.path.exists('go'): time.sleep(0.001)";

  @TempDir Path folder;
  private ScriptedInterchange interchange;
  private RunningManager manager;
  private Session session;

  @BeforeEach
  void start() throws IOException {
    interchange = new ScriptedInterchange(folder);
    manager = new RunningManager(interchange, Optional.of(Duration.ofHours(1)));
    session = interchange.join();
  }

  @AfterEach
  void close() throws IOException {
    manager.close();
    session.close();
    interchange.close();
  }

  /** Task 1 runs, tasks 2 and 3 wait behind it. */
  private void busy() {
    session.send(0, 1, LONG, "open('second', 'w').close()", "pass");
    session.until("task 1 runs", () -> Files.exists(folder.resolve("runs")));
  }

  private void go() throws IOException {
    Files.createFile(folder.resolve("go"));
  }

  /** Another connection of the manager, the first one having broken. */
  private void reconnect(boolean resumed) throws IOException {
    session.close();
    session = interchange.welcome(resumed);
    assertThat(session.hello).containsEntry("resume", "1").containsEntry("name", "m1");
  }

  @Test
  void firstHelloSaysWhoItIs() {
    assertThat(session.hello)
        .containsEntry("role", "manager")
        .containsEntry("name", "m1")
        .containsEntry("block", "7")
        .containsEntry("token", ScriptedInterchange.TOKEN)
        .containsEntry("codec", "any")
        .containsEntry("resume", "0")
        .containsKeys("host", "pid");
    session.settle();
    assertThat(session.heard).isEmpty();
  }

  @Test
  void resultsComeUnderTheAttemptsOfTheirTasks() {
    session.send(4, 1, "pass", "1/0");
    session.until("results", () -> session.heard.contains("ERROR 2/4"));
    session.forgetWindows();
    session.hears("OK 1/4", "ERROR 2/4");
  }

  @Test
  void resultsAreKeptUntilTheyAreAcknowledgedAndSentAgainOnce() throws IOException {
    session.send(0, 1, "pass", "pass");
    session.until("results", () -> session.heard.contains("OK 2/0"));
    reconnect(true);
    session.until("all", () -> session.heard.stream().anyMatch(line -> line.contains("workers=1")));
    assertThat(session.heard.subList(0, 3)).containsExactly("OK 1/0", "OK 2/0", "HOLDS no more");
    session.acknowledge();
    session.settle();
    reconnect(true);
    session.until("all", () -> session.heard.stream().anyMatch(line -> line.contains("workers=1")));
    session.settle();
    assertThat(session.heard.getFirst()).isEqualTo("HOLDS no more");
    assertThat(session.heard).noneMatch(line -> line.startsWith("OK"));
  }

  @Test
  void tasksThatItStillHasAreListedAndDone() throws IOException {
    busy();
    reconnect(true);
    session.hears(
        "HOLDS 1/0", "HOLDS 2/0", "HOLDS 3/0", "HOLDS no more", "CAPACITY window=1 workers=1");
    go();
    session.until("the last one", () -> session.heard.contains("OK 3/0"));
    session.forgetWindows();
    session.hears("OK 1/0", "OK 2/0", "OK 3/0");
  }

  @Test
  void managerThatWasGivenUpEndsWhatItHasAndBeginsAnew() throws IOException {
    session.send(0, 8, "pass");
    session.until("a result", () -> session.heard.contains("OK 8/0"));
    busy();
    reconnect(false);
    session.send(1, 5, "pass");
    session.until("a new task", () -> session.heard.contains("OK 5/1"));
    assertThat(session.heard).doesNotContain("OK 8/0", "OK 1/0", "OK 2/0", "HOLDS no more");
    assertThat(folder.resolve("second")).doesNotExist();
  }

  @Test
  void drainGivesBackWhatWaitsAndLeavesWhenTheRestIsAcknowledged() throws IOException {
    busy();
    session.say(Kind.DRAIN, 0);
    session.hears("DRAIN", "SKIPPED 3/0", "SKIPPED 2/0");
    session.send(0, 7, "pass", "pass");
    session.hears("SKIPPED 8/0", "SKIPPED 7/0");
    go();
    session.hears("OK 1/0");
    session.settle();
    assertThat(manager.isRunning()).isTrue();
    session.acknowledge();
    session.until("it leaves", () -> !manager.isRunning());
    assertThat(manager.end()).isEmpty();
    assertThat(session.heard).isEmpty();
    assertThat(folder.resolve("second")).doesNotExist();
  }

  @Test
  void managerThatDrainsSaysSoAgainAfterItsLinkBroke() throws IOException {
    busy();
    session.say(Kind.DRAIN, 0);
    session.hears("DRAIN", "SKIPPED 3/0", "SKIPPED 2/0");
    session.acknowledge();
    session.settle();
    reconnect(true);
    session.hears("DRAIN", "HOLDS 1/0", "HOLDS no more");
  }

  @Test
  void managerWhoseWalltimeIsNearDrains() throws IOException {
    busy();
    manager.skip(Duration.ofHours(1).minusSeconds(2));
    session.hears("DRAIN", "SKIPPED 3/0", "SKIPPED 2/0");
    go();
    session.hears("OK 1/0");
    session.acknowledge();
    session.until("it leaves", () -> !manager.isRunning());
    assertThat(manager.end()).isEmpty();
  }

  @Test
  void recalledTaskThatWaitsIsSkippedAndOneThatRunsIsNot() throws IOException {
    busy();
    session.say(Kind.RECALL, 2);
    session.say(Kind.RECALL, 1);
    session.hears("SKIPPED 2/0", "VERDICT 1");
    go();
    session.until("the others", () -> session.heard.contains("OK 3/0"));
    session.forgetWindows();
    session.hears("OK 1/0", "OK 3/0");
    assertThat(folder.resolve("second")).doesNotExist();
  }

  @Test
  void killedTaskIsCancelledWhetherItRunsOrWaits() {
    busy();
    session.say(Kind.KILL, 2);
    session.say(Kind.KILL, 1);
    session.until("the third", () -> session.heard.contains("OK 3/0"));
    session.forgetWindows();
    session.hears("CANCELLED 2/0", "CANCELLED 1/0", "OK 3/0");
  }

  @Test
  void closeEndsItAtOnce() throws IOException {
    busy();
    session.say(Kind.CLOSE, 0);
    session.until("it ends", () -> !manager.isRunning());
    assertThat(manager.end()).isEmpty();
    assertThat(session.heard).isEmpty();
  }

  @Test
  void interchangeThatBreaksTheProtocolIsLeft() throws IOException {
    session.say(Kind.SUBMIT, 0);
    session.until("it ends", () -> !manager.isRunning());
    assertThat(manager.end())
        .startsWith("refused by the interchange: the interchange broke the protocol: ")
        .endsWith("an interchange does not send SUBMIT");
  }

  @Test
  void interchangeThatIsGoneForTwiceItsTimeIsGivenUp() throws IOException {
    session.send(0, 1, "pass");
    session.until("its worker is ready", () -> session.heard.contains("OK 1/0"));
    session.close();
    interchange.close();
    manager.skip(Duration.ofSeconds(29));
    assertThat(manager.isRunning()).isTrue();
    Deadline.in(Duration.ofSeconds(20))
        .await(
            "it gives up",
            () -> {
              manager.skip(Duration.ofMillis(100));
              return !manager.isRunning();
            });
    assertThat(manager.end()).startsWith("no interchange answers for 30 s at [");
  }
}
