package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BacklogTest {
  private final Backlog backlog = new Backlog();
  private final RecordingFeed feed = new RecordingFeed(2);
  private final List<String> dropped = new ArrayList<>();

  private void add(int classId, Waiting... tasks) {
    Waiting.add(backlog, classId, List.of(tasks));
  }

  private boolean drop(long task) {
    return backlog.drop(task, (id, attempt) -> dropped.add(id + "/" + attempt));
  }

  private List<String> waiting() {
    List<String> all = new ArrayList<>();
    backlog.forEach((task, attempt) -> all.add(task + "/" + attempt));
    return all;
  }

  @Test
  void nothingIsSentWhileNoWorkerHasRoom() {
    add(1, new Waiting(1, 0), new Waiting(2, 0));
    assertThat(backlog.dispatch(feed)).isZero();
    assertThat(feed.take()).containsExactly("balance 2");
    assertThat(backlog.size()).isEqualTo(2);
  }

  @Test
  void tasksAreSharedAmongWorkersInTheirOrder() {
    feed.rooms(10, 10);
    add(3, new Waiting(1, 0), new Waiting(5, 2), new Waiting(4, 1));
    assertThat(backlog.dispatch(feed)).isEqualTo(3);
    assertThat(feed.take()).containsExactly("w0 class 3: 1/0 5/2", "w0 class 3: 4/1", "balance 0");
    assertThat(waiting()).isEmpty();
  }

  @Test
  void workerGetsNoMoreThanItHasRoomForAndTheRestWaits() {
    feed.rooms(2, 1);
    add(1, new Waiting(1, 0), new Waiting(2, 0), new Waiting(3, 0), new Waiting(4, 0));
    add(2, new Waiting(5, 0));
    assertThat(backlog.dispatch(feed)).isEqualTo(3);
    assertThat(feed.take()).containsExactly("w0 class 1: 1/0 2/0", "w1 class 1: 3/0", "balance 2");
    assertThat(waiting()).containsExactly("4/0", "5/0");
  }

  @Test
  void taskGoesWithTheOneThatGivesItItsInput() {
    feed.rooms(1, 9);
    add(1, new Waiting(1, 0), Waiting.behind(2, 1), Waiting.behind(3, 2), new Waiting(4, 0));
    backlog.dispatch(feed);
    assertThat(feed.take())
        .containsExactly("w0 class 1: 1/0 2/0<1 3/0<2", "w1 class 1: 4/0", "balance 0");
  }

  @Test
  void droppedTaskTakesThoseWithItThatWaitForIt() {
    feed.rooms(9, 9);
    add(1, new Waiting(1, 0), Waiting.behind(2, 1), Waiting.behind(3, 2), new Waiting(4, 0));
    assertThat(drop(2)).isTrue();
    assertThat(dropped).containsExactly("3/0", "2/0");
    assertThat(drop(2)).isFalse();
    assertThat(drop(3)).isFalse();
    assertThat(drop(99)).isFalse();
    assertThat(waiting()).containsExactly("1/0", "4/0");
    backlog.dispatch(feed);
    assertThat(feed.take()).containsExactly("w0 class 1: 1/0", "w0 class 1: 4/0", "balance 0");
  }

  @Test
  void taskThatWasSentIsNotDropped() {
    feed.rooms(1, 0);
    add(1, new Waiting(1, 0), new Waiting(2, 0));
    backlog.dispatch(feed);
    assertThat(drop(1)).isFalse();
    assertThat(drop(2)).isTrue();
    assertThat(dropped).containsExactly("2/0");
    assertThat(backlog.size()).isZero();
  }

  @Test
  void taskThatComesAgainAfterItWasDroppedWaitsAgain() {
    add(1, new Waiting(1, 0), new Waiting(2, 0));
    assertThat(drop(2)).isTrue();
    add(1, new Waiting(2, 1));
    assertThat(waiting()).containsExactly("1/0", "2/1");
    assertThat(drop(2)).isTrue();
    assertThat(dropped).containsExactly("2/0", "2/1");
    assertThat(waiting()).containsExactly("1/0");
  }

  @Test
  void allCanBeForgottenAndOthersCome() {
    add(1, new Waiting(1, 0), new Waiting(2, 0));
    drop(1);
    backlog.clear();
    assertThat(backlog.size()).isZero();
    assertThat(waiting()).isEmpty();
    feed.rooms(1, 1);
    add(1, new Waiting(1, 4));
    backlog.dispatch(feed);
    assertThat(feed.take()).containsExactly("w0 class 1: 1/4", "balance 0");
  }

  /** Against a list: what is sent and dropped is what came, in its order, and chains are whole. */
  @RepeatedTest(20)
  void whatWaitsIsWhatAListWouldHold(RepetitionInfo run) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    List<Waiting> model = new ArrayList<>();
    int attempt = 0;
    for (int event = 0; event < 300; event++) {
      switch (random.nextInt(3)) {
        case 0 -> {
          List<Waiting> tasks = Waiting.random(random, attempt++);
          tasks.removeIf(task -> model.stream().anyMatch(there -> there.task() == task.task()));
          Waiting.repair(tasks);
          Waiting.add(backlog, 1 + random.nextInt(2), tasks);
          model.addAll(tasks);
        }
        case 1 -> {
          long task = random.nextLong(1, 60);
          dropped.clear();
          List<Waiting> chain = Waiting.chain(model, task);
          assertThat(drop(task)).isEqualTo(!chain.isEmpty());
          assertThat(dropped)
              .containsExactlyElementsOf(chain.reversed().stream().map(Waiting::text).toList());
          model.removeAll(chain);
        }
        default -> {
          feed.rooms(random.nextInt(6), random.nextInt(6));
          int sent = backlog.dispatch(feed);
          assertThat(feed.tasks())
              .containsExactlyElementsOf(
                  model.subList(0, sent).stream().map(Waiting::text).toList());
          assertThat(feed.take()).allMatch(line -> !line.contains("orphan"));
          model.subList(0, sent).clear();
        }
      }
      assertThat(backlog.size()).isEqualTo(model.size());
      assertThat(waiting()).containsExactlyElementsOf(model.stream().map(Waiting::text).toList());
    }
  }
}
