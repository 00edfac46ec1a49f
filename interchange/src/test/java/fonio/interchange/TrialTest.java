package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.transport.LinkSet;
import fonio.transport.TcpLink;
import fonio.wire.FunctionDefinition;
import fonio.wire.Greeting;
import fonio.wire.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final LinkSet links = LinkSet.open();
  private final List<String> said = new ArrayList<>();
  private final List<ScriptedManager> managers = new ArrayList<>();
  private final Trial trial;

  TrialTest() throws IOException {
    InterchangeConfig config =
        new InterchangeConfig(
            "trial",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.empty(),
            Star.TOKEN,
            "java",
            Map.of(),
            Star.BEAT,
            Star.LOST,
            Selection.named("random"));
    FunctionDefinition function =
        new FunctionDefinition(1, FunctionDefinition.JAVA, "probe", new byte[0]);
    trial = new Trial(config, new TrialPlan(function, 2, 20), links, System::nanoTime, said::add);
  }

  @AfterEach
  void end() {
    managers.forEach(ScriptedManager::close);
    trial.close();
    links.close();
  }

  private ScriptedManager connect(String name) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), trial.port());
    ScriptedManager manager = new ScriptedManager(name, TcpLink.clear(SocketChannel.open(address)));
    managers.add(manager);
    return manager;
  }

  private ScriptedManager join(String name) throws IOException {
    ScriptedManager manager = connect(name);
    Map<String, String> hello = manager.entries();
    hello.putAll(Map.of("cores", "8", "memory_mb", "2048", "accelerators", "2", "software", "x 1"));
    manager.hello(hello);
    until(name + " is welcome", () -> !manager.welcome.isEmpty());
    manager.capacity(Map.of("workers", "1", "window", "7"));
    return manager;
  }

  private void until(String line) {
    until(line, () -> said.stream().anyMatch(text -> text.contains(line)));
  }

  private void until(String what, BooleanSupplier condition) {
    Deadline deadline = Deadline.in(PATIENCE);
    while (!condition.getAsBoolean()) {
      deadline.check(what + " in " + said);
      managers.forEach(ScriptedManager::turn);
      int work = trial.doWork();
      links.await(work > 0 ? 0 : 1_000_000);
    }
  }

  /** Answers every task that came. */
  private static void answer(ScriptedManager manager, int status) {
    for (String line : manager.take()) {
      if (line.startsWith("TASKS")) {
        for (String task : line.substring("TASKS ".length()).split(" ", -1)) {
          manager.answer(status, 0, Long.parseLong(task.substring(0, task.indexOf('/'))));
        }
      }
    }
  }

  @Test
  void eachManagerIsIntroducedAndScored() throws IOException {
    ScriptedManager one = join("one");
    ScriptedManager two = join("two");
    until(
        "both have passed",
        () -> {
          answer(one, Status.OK);
          answer(two, Status.OK);
          return trial.passed() == 2;
        });
    assertThat(said)
        .contains(
            "manager one on node7 (pid 12) has come: 1 workers; 8 cores, 2.0 GB, 2 accelerators; x 1")
        .anyMatch(line -> line.matches("manager one on .*: 20 tasks, .* tasks/s; round trip .*"))
        .anyMatch(line -> line.matches("manager two on .*: 20 tasks, .* 0 lost, 0 returned"));
  }

  @Test
  void oneThatGoesIsToldWithWhatItLeaves() throws IOException {
    ScriptedManager one = join("one");
    until("its first tasks", () -> one.heard.stream().anyMatch(line -> line.startsWith("TASKS")));
    one.close();
    until("manager one on node7 (pid 12) is gone: its connection ended");
    assertThat(said).anyMatch(line -> line.contains("not all tasks were answered; 2 lost"));
    assertThat(trial.passed()).isZero();
  }

  @Test
  void whoseTasksFailHasNotPassed() throws IOException {
    ScriptedManager one = join("one");
    until(
        "the end of its trial",
        () -> {
          answer(one, Status.ERROR);
          return said.stream().anyMatch(line -> line.contains(" failed: its status is ERROR"));
        });
    assertThat(trial.passed()).isZero();
  }

  @Test
  void aWrongTokenAndAnOldVersionAreRefusedWithTheReason() throws IOException {
    ScriptedManager stranger = connect("stranger");
    Map<String, String> wrong = stranger.entries();
    wrong.put("token", "guess");
    stranger.hello(wrong);
    until("was refused: its token is not that of this run");
    ScriptedManager old = connect("old");
    old.hello(new Greeting(0, old.entries()));
    until("the other speaks version 0: install the same Fonio on both");
  }
}
