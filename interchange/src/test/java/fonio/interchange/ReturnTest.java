package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Kind;
import fonio.wire.Status;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Managers that come back to an interchange that was started again. */
class ReturnTest {
  private Star star;

  @BeforeEach
  void start() throws IOException {
    star = new Star();
  }

  @AfterEach
  void close() {
    star.close();
  }

  /** A manager of the engine before; tasks from 1 to 9 are open here. */
  private ScriptedManager comeBack(String name) throws IOException {
    star.told.adopts(1, 2, 3, 4, 5, 6, 7, 8, 9);
    ScriptedManager manager = star.comeBack(name);
    assertThat(manager.welcome).containsEntry("resumed", "1");
    return manager;
  }

  private void join(ScriptedManager manager) {
    manager.capacity(Map.of("workers", "2", "window", "8"));
    star.settle(manager);
  }

  @Test
  void itGoesOnWithTheTasksThatAreAdopted() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.holds(false, 0, 1, 2);
    manager.holds(true, 3, 7);
    join(manager);
    assertThat(star.told.take())
        .containsExactly("adopt 1/0", "adopt 2/0", "adopt 7/3", "joined a 2");
    assertThat(manager.take()).containsExactly("WELCOME");
    assertThat(star.interchange.managers().loads()).isEqualTo(Map.of("", 3));
    manager.answer(Status.OK, 0, 1);
    manager.answer(Status.OK, 3, 7);
    star.settle(manager);
    assertThat(star.told.take()).containsExactly("OK 1/0", "OK 7/3");
    assertThat(star.interchange.outstanding()).isEqualTo(1);
  }

  @Test
  void whatIsNotWantedIsEnded() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.holds(true, 0, 1, 20, 21);
    join(manager);
    assertThat(star.told.take())
        .containsExactly("adopt 1/0", "refuse 20/0", "refuse 21/0", "joined a 2");
    assertThat(manager.take()).containsExactly("WELCOME", "KILL 20", "KILL 21");
    manager.answer(Status.CANCELLED, 0, 20);
    manager.answer(Status.OK, 0, 21);
    star.settle(manager);
    assertThat(star.told.take()).containsExactly("stale 20", "stale 21");
  }

  @Test
  void resultsThatItKeptCountOnce() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.answer(Status.OK, 0, 1, 2, 20);
    manager.holds(true, 0, 3);
    join(manager);
    assertThat(star.told.take())
        .containsExactly(
            "adopt 1/0",
            "adopt 2/0",
            "refuse 20/0",
            "OK 1/0",
            "OK 2/0",
            "stale 20",
            "adopt 3/0",
            "joined a 2");
    assertThat(manager.acknowledged).isEqualTo(1);
    manager.answer(Status.OK, 0, 1);
    star.settle(manager);
    assertThat(star.told.take()).containsExactly("stale 1");
  }

  @Test
  void itGetsTasksOnlyWhenItHasSaidWhatItHolds() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.holds(false, 0, 1);
    join(manager);
    assertThat(star.interchange.choose(1)).isZero();
    manager.holds(true, 0);
    star.settle(manager);
    assertThat(star.interchange.choose(1)).isEqualTo(7);
    star.send(1, 256, 20);
    star.settle(manager);
    assertThat(manager.take()).containsExactly("WELCOME", "FUNCTION 1", "CLASS 1", "TASKS 20/256");
  }

  @Test
  void ofTwoThatBringTheSameTaskTheFirstHasIt() throws IOException {
    ScriptedManager first = comeBack("a");
    first.holds(true, 1, 1);
    star.settle(first);
    ScriptedManager second = star.comeBack("b");
    second.answer(Status.OK, 0, 1);
    second.holds(true, 0, 2);
    star.settle(second);
    assertThat(star.told.take()).containsExactly("adopt 1/1", "refuse 1/0", "stale 1", "adopt 2/0");
    first.answer(Status.OK, 1, 1);
    star.settle(first);
    assertThat(star.told.take()).containsExactly("OK 1/1");
  }

  @Test
  void itMayComeBackTwiceBeforeItHasSaidAll() throws IOException {
    ScriptedManager first = comeBack("a");
    first.answer(Status.OK, 0, 1);
    first.holds(false, 0, 2);
    star.settle(first);
    star.told.take();
    ScriptedManager second = star.comeBack("a");
    assertThat(second.welcome).containsEntry("resumed", "1");
    second.answer(Status.OK, 0, 1);
    second.holds(true, 0, 2, 3);
    join(second);
    assertThat(star.told.take())
        .containsExactly("refuse 1/0", "stale 1", "adopt 3/0", "joined a 2");
    assertThat(star.interchange.outstanding()).isEqualTo(2);
  }

  @Test
  void onceItHasSaidAllItComesBackAsAnyOther() throws IOException {
    ScriptedManager first = comeBack("a");
    first.holds(true, 0, 1);
    star.settle(first);
    star.told.take();
    ScriptedManager second = star.comeBack("a");
    second.holds(true, 0, 2);
    star.settle(second);
    assertThat(star.told.take()).containsExactly("returned 1/0");
    assertThat(second.take()).containsExactly("WELCOME", "KILL 2");
  }

  @Test
  void whatItBroughtGoesBackWhenItIsGone() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.holds(true, 4, 1, 2, 3, 4, 5);
    join(manager);
    star.told.take();
    manager.close();
    star.until("its end", () -> star.told.hears("left a"));
    assertThat(star.told.take())
        .containsExactly(
            "returned 5/4",
            "lost 4/4 by a",
            "lost 3/4 by a",
            "lost 2/4 by a",
            "lost 1/4 by a",
            "left a: its connection ended");
  }

  @Test
  void whoIsRecalledAdoptedTasksIsAsked() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.holds(true, 0, 1);
    join(manager);
    assertThat(star.interchange.recall(1)).isTrue();
    manager.say(Kind.VERDICT, 1);
    star.settle(manager);
    assertThat(star.told.take()).contains("too late 1");
  }

  @Test
  void theOwnerHearsWhenAManagerHasSaidAllThoughItNeverJoins() throws IOException {
    ScriptedManager manager = comeBack("a");
    manager.say(Kind.DRAIN, 0);
    manager.holds(false, 0, 1);
    star.settle(manager);
    assertThat(star.told.back).isEmpty();
    manager.holds(true, 0, 2);
    star.settle(manager);
    assertThat(star.told.back).containsExactly("a");
  }

  @Test
  void whoComesWithoutHavingBeenThereBringsNothing() throws IOException {
    star.told.adopts(1);
    ScriptedManager manager = star.join("a", "", 1, 4);
    manager.answer(Status.OK, 0, 1);
    star.settle(manager);
    assertThat(star.told.take()).containsExactly("stale 1");
  }

  @Test
  void anInterchangeThatAdoptsNothingGivesItUp() throws IOException {
    assertThat(star.comeBack("a").welcome).containsEntry("resumed", "0");
  }
}
