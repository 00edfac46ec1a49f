package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Kind;
import fonio.wire.Status;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A manager that comes back over another connection, its first one having gone unnoticed. */
class ResumeTest {
  private Star star;
  private ScriptedManager first;

  @BeforeEach
  void start() throws IOException {
    star = new Star();
    first = star.join("a", "1", 1, 6);
    star.send(1, 0, 1, 2, 3, 4);
    star.settle(first);
    assertThat(first.take()).containsExactly("FUNCTION 1", "CLASS 1", "TASKS 1/0 2/0 3/0 4/0");
  }

  @AfterEach
  void close() {
    star.close();
  }

  private ScriptedManager comeBack() throws IOException {
    ScriptedManager again = star.comeBack("a");
    assertThat(again.welcome).containsEntry("resumed", "1");
    star.until("the first connection ends", () -> first.gone);
    return again;
  }

  @Test
  void tasksThatItHoldsStayAndMissingOnesGoBack() throws IOException {
    ScriptedManager again = comeBack();
    again.holds(true, 0, 1, 3);
    star.settle(again);
    assertThat(star.told.take()).containsExactly("returned 4/0", "returned 2/0");
    assertThat(again.take()).containsExactly("WELCOME");
    assertThat(star.interchange.managers().loads()).isEqualTo(Map.of("1", 2));
    again.answer(Status.OK, 0, 1, 3);
    star.settle(again);
    assertThat(star.told.take()).containsExactly("OK 1/0", "OK 3/0");
  }

  @Test
  void strangeTasksAreKilledAndThoseUnderAnotherAttempt() throws IOException {
    ScriptedManager again = comeBack();
    again.holds(true, 0, 1, 2, 3, 4, 9);
    star.settle(again);
    assertThat(again.take()).containsExactly("WELCOME", "KILL 9");
    assertThat(star.told.take()).isEmpty();
  }

  @Test
  void taskUnderAnotherAttemptIsKilledAndGoesBack() throws IOException {
    ScriptedManager again = comeBack();
    again.holds(false, 1, 1);
    again.holds(true, 0, 2, 3, 4);
    star.settle(again);
    assertThat(again.take()).containsExactly("WELCOME", "KILL 1");
    assertThat(star.told.take()).containsExactly("returned 1/0");
  }

  @Test
  void resultsThatCameAlreadyAreNotToldAgain() throws IOException {
    first.answer(Status.OK, 0, 1);
    star.settle(first);
    assertThat(star.told.take()).containsExactly("OK 1/0");
    ScriptedManager again = comeBack();
    again.answer(Status.OK, 0, 1);
    again.answer(Status.OK, 0, 2);
    again.holds(true, 0, 3, 4);
    star.settle(again);
    assertThat(star.told.take()).containsExactly("stale 1", "OK 2/0");
    assertThat(again.take()).containsExactly("WELCOME");
    assertThat(again.acknowledged).isEqualTo(2);
    assertThat(star.interchange.managers().loads()).isEqualTo(Map.of("1", 2));
  }

  @Test
  void tasksAreSentAgainOnlyWhenItHasSaidWhatItHolds() throws IOException {
    assertThat(star.interchange.choose(1)).isEqualTo(2);
    ScriptedManager again = comeBack();
    assertThat(star.interchange.choose(1)).isZero();
    again.holds(false, 0, 1, 2);
    star.settle(again);
    assertThat(star.interchange.choose(1)).isZero();
    again.holds(true, 0, 3, 4);
    star.settle(again);
    assertThat(star.interchange.choose(1)).isEqualTo(2);
    assertThat(star.told.take()).isEmpty();
  }

  @Test
  void definitionsAreSentAgainBeforeTheNextTasks() throws IOException {
    ScriptedManager again = comeBack();
    again.holds(true, 0, 1, 2, 3, 4);
    star.settle(again);
    star.send(1, 0, 5);
    star.settle(again);
    assertThat(again.take()).containsExactly("WELCOME", "FUNCTION 1", "CLASS 1", "TASKS 5/0");
  }

  @Test
  void managersThatComeBackTogetherAreNotTakenForEachOther() throws IOException {
    ScriptedManager other = star.join("b", "2", 1, 6);
    star.send(1, 0, 5, 6);
    star.send(1, 0, 7, 8);
    star.settle(other);
    assertThat(other.take()).containsExactly("FUNCTION 1", "CLASS 1", "TASKS 7/0 8/0");
    ScriptedManager again = comeBack();
    ScriptedManager otherAgain = star.comeBack("b");
    again.holds(false, 0, 1, 2, 3);
    star.settle(again);
    otherAgain.holds(true, 0, 7, 8);
    star.settle(otherAgain);
    again.holds(true, 0, 4, 5, 6);
    star.settle(again, otherAgain);
    assertThat(star.told.take()).isEmpty();
  }

  @Test
  void listThatABrokenConnectionCutOffCountsForNothing() throws IOException {
    ScriptedManager second = comeBack();
    second.holds(false, 0, 1, 2);
    star.settle(second);
    ScriptedManager third = star.comeBack("a");
    third.holds(true, 0, 2, 3, 4);
    star.settle(third);
    assertThat(star.told.take()).containsExactly("returned 1/0");
  }

  @Test
  void whatItWasAskedForIsSaidAgain() throws IOException {
    star.interchange.recall(1);
    star.interchange.kill(2);
    star.interchange.recall(3);
    star.interchange.kill(4);
    star.interchange.managers().drain(Part.block("1"));
    first.say(Kind.VERDICT, 1);
    first.answer(Status.CANCELLED, 0, 2);
    star.settle(first);
    assertThat(star.told.take()).containsExactly("too late 1", "CANCELLED 2/0");
    ScriptedManager again = comeBack();
    again.holds(true, 0, 1, 3, 4);
    star.settle(again);
    assertThat(again.take()).containsExactly("WELCOME", "DRAIN 0", "RECALL 3", "KILL 4");
    assertThat(star.told.take()).isEmpty();
  }

  @Test
  void whoComesUnderItsNameWithoutResumingTakesItsPlace() throws IOException {
    ScriptedManager second = star.join("a", "1", 2, 6);
    star.until("the first connection ends", () -> first.gone);
    star.settle(second);
    assertThat(star.told.take())
        .containsExactly(
            "returned 4/0",
            "returned 3/0",
            "lost 2/0 by a",
            "lost 1/0 by a",
            "left a: another manager came under its name");
    assertThat(star.interchange.managers().workers()).isEqualTo(2);
    second.answer(Status.OK, 0, 1);
    star.settle(second);
    assertThat(star.told.take()).containsExactly("stale 1");
  }
}
