package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Kind;
import fonio.wire.Status;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What managers say that they keep, and what the interchange makes of it. */
class KeptResultsTest {
  private static final int BYTES = 700_000;

  private Star star;
  private ScriptedManager one;
  private ScriptedManager two;

  @BeforeEach
  void start() throws IOException {
    star = new Star(Selection.named("data"), Optional.empty());
    one = join("one");
    two = join("two");
  }

  @AfterEach
  void close() {
    star.close();
  }

  /** A manager that keeps a megabyte, with room for a hundred tasks. */
  private ScriptedManager join(String name) throws IOException {
    ScriptedManager manager = star.connect(name);
    Map<String, String> entries = manager.entries();
    entries.put("keep_mb", "1");
    manager.hello(entries);
    star.until(name + " is welcome", () -> !manager.welcome.isEmpty());
    manager.capacity(Map.of("workers", "1", "window", "100"));
    star.until(name + " has come", () -> star.told.has("joined " + name + " 1"));
    manager.take();
    return manager;
  }

  /** Task 1 ends well on a manager, which keeps its result. */
  private ScriptedManager keep(long task) {
    star.send(1, 0, task);
    star.until(
        "the task has come",
        () ->
            one.heard.contains("TASKS " + task + "/0")
                || two.heard.contains("TASKS " + task + "/0"));
    ScriptedManager manager = one.heard.contains("TASKS " + task + "/0") ? one : two;
    manager.keeps(task, 0, BYTES);
    star.settle(manager);
    manager.take();
    return manager;
  }

  private boolean chosenKeeps(long task) {
    star.interchange.choose(1);
    star.interchange.prefer(1, new long[] {task}, 1);
    return star.interchange.kept(task) == BYTES;
  }

  @Test
  void tasksPreferTheManagerThatKeepsTheirInput() {
    assertThat(star.interchange.isKept(1)).isFalse();
    ScriptedManager home = keep(1);
    assertThat(star.interchange.isKept(1)).isTrue();
    for (int i = 0; i < 20; i++) {
      assertThat(chosenKeeps(1)).isTrue();
    }
    home.close();
    star.until("it is gone", () -> star.told.hears("left"));
    assertThat(star.interchange.isKept(1)).isFalse();
    assertThat(chosenKeeps(1)).isFalse();
  }

  @Test
  void managerIsToldWhatFindsNoRoomAndWhatNobodyNeeds() {
    two.close();
    star.until("the other is gone", () -> star.told.hears("left two"));
    keep(1);
    star.send(1, 0, 2);
    one.keeps(2, 0, BYTES);
    star.settle(one);
    assertThat(one.take()).containsExactly("TASKS 2/0", "RELEASE 1");
    assertThat(chosenKeeps(1)).isFalse();
    star.interchange.released(2);
    star.interchange.released(1);
    star.settle(one);
    assertThat(one.take()).containsExactly("RELEASE 2");
  }

  @Test
  void staleResultIsNotKeptUnlessItIsTheOneThatIs() {
    ScriptedManager home = keep(1);
    home.keeps(1, 0, BYTES);
    star.settle(home);
    assertThat(home.take()).isEmpty();
    assertThat(chosenKeeps(1)).isTrue();
    home.keeps(9, 0, BYTES);
    star.settle(home);
    assertThat(home.take()).containsExactly("RELEASE 9");
    assertThat(star.interchange.isKept(9)).isFalse();
  }

  @Test
  void managerThatComesBackKeepsNothing() throws IOException {
    ScriptedManager home = keep(1);
    ScriptedManager again = star.comeBack(home.name);
    again.holds(true, 0);
    star.settle(again);
    assertThat(star.interchange.isKept(1)).isFalse();
  }

  @Test
  void managerThatLacksAResultIsNotToldToUseIt() {
    ScriptedManager home = keep(1);
    home.writer.frame(Kind.RELEASE, 0, 1, 1, new byte[0]);
    home.answer(Status.SKIPPED, 0, 5);
    star.settle(home);
    assertThat(chosenKeeps(1)).isFalse();
  }
}
