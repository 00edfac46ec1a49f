package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.executors.Lane;
import fonio.wire.Status;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExplanationTest extends EngineFixture {
  private final StillLane lane = new StillLane();

  @Override
  List<Lane> lanes() {
    return List.of(lane);
  }

  private Map<String, String> explain(int task) {
    CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
    desk().answer("explain " + task, answer::complete);
    return answer.join();
  }

  private String why(int task) {
    return explain(task).getOrDefault("why", "");
  }

  @Test
  void aTaskThatWaitsNamesWhatComesFirstInItsChain() {
    submit(PLAIN, 1);
    submit(RETRIED, 2, 1);
    submit(PLAIN, 3, 2);
    exchange();
    take();
    assertThat(why(3))
        .contains("1 of the 1 tasks", "task 2 (retried)", "task 1 (plain) comes first")
        .endsWith("\n  executor still has it");
  }

  @Test
  void aTaskThatFailedSaysWhy() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.ERROR, "\7\0KeyErr!");
    assertThat(explain(1)).containsEntry("state", "ended_badly");
    assertThat(why(1)).isEqualTo("it failed: KeyErr!");
  }

  @Test
  void aPromiseWaitsForItsClient() {
    submit(PROMISE, 1);
    exchange();
    assertThat(why(1)).contains("the client ends it");
  }

  @Test
  void tasksThatAreNotThereAreToldFromThoseThatHaveEnded() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    assertThat(why(1)).contains("ended well");
    assertThat(why(2)).contains("no such task").endsWith("is 1");
  }

  @Test
  void aTaskThatIsReadySaysWhatStandsInItsWay() {
    submit(PLAIN, 1);
    submit(PLAIN, 2);
    exchange();
    assertThat(why(2)).contains("executor still, 2 in all", "a worker is free");
    lane.obstacles.add("no manager has connected yet");
    assertThat(why(2)).endsWith("; but\nno manager has connected yet");
    assertThat(explain(2)).containsEntry("executor", "still").containsEntry("state", "ready");
  }

  @Test
  void aTaskThatAWorkerHasNamesIt() {
    submit(PLAIN, 1);
    exchange();
    take();
    lane.holders.put(1L, "manager m1 on node7 has it");
    assertThat(why(1)).isEqualTo("manager m1 on node7 has it");
  }

  @Test
  void aTaskThatFailedAndIsAskedAboutWaitsForItsClient() {
    submit(ASKS, 1);
    exchange();
    take();
    answer(1, Status.ERROR, "\1\0E");
    assertThat(why(1)).contains("retry handler");
  }
}
