package fonio.interchange;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.wire.Kind;
import fonio.wire.Status;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What managers answer, and what the owner is told of it: that, and nothing else. */
class AnswersTest {
  private Star star;
  private ScriptedManager a;
  private ScriptedManager b;

  /** The first, of the lower block, is chosen as long as it has room: for four tasks. */
  @BeforeEach
  void start() throws IOException {
    star = new Star();
    a = star.join("a", "1", 1, 4);
    b = star.join("b", "2", 1, 4);
    star.send(1, 3, 1, 2, 3, 4);
    star.send(1, 5, 5, 6);
    star.settle(a, b);
    assertThat(a.take()).containsExactly("FUNCTION 1", "CLASS 1", "TASKS 1/3 2/3 3/3 4/3");
    assertThat(b.take()).containsExactly("FUNCTION 1", "CLASS 1", "TASKS 5/5 6/5");
    assertThat(star.told.take()).isEmpty();
  }

  @AfterEach
  void close() {
    star.close();
  }

  private void isTold(String... lines) {
    star.settle(a, b);
    assertThat(star.told.take()).containsExactly(lines);
    assertThat(b.take()).isEmpty();
  }

  /** The first manager loses its link and its tasks go back; the other is unharmed. */
  private void breaksTheProtocol(String why) {
    star.until("the link ends", () -> a.gone);
    star.settle(b);
    assertThat(star.told.take())
        .containsExactly(
            "said manager a on node7 (pid 12, block 1) broke the protocol: " + why,
            "returned 4/3",
            "returned 3/3",
            "lost 2/3 by a",
            "lost 1/3 by a",
            "left a: it broke the protocol: " + why);
    assertThat(a.take()).isEmpty();
    assertThat(b.take()).isEmpty();
    assertThat(star.interchange.managers().loads()).isEqualTo(Map.of("2", 2));
  }

  @Test
  void answersComeInAnyOrderAndEachFrameIsAcknowledged() {
    a.answer(Status.OK, 3, 4, 1);
    a.answer(Status.ERROR, 3, 2);
    isTold("OK 4/3", "OK 1/3", "ERROR 2/3");
    assertThat(a.take()).isEmpty();
    assertThat(a.acknowledged).isEqualTo(2);
    assertThat(star.interchange.managers().loads()).isEqualTo(Map.of("1", 1, "2", 2));
  }

  @Test
  void resultUnderAnotherAttemptIsStale() {
    a.answer(Status.OK, 2, 1);
    a.answer(Status.OK, 4, 1);
    isTold("stale 1", "stale 1");
    a.answer(Status.OK, 3, 1);
    isTold("OK 1/3");
  }

  @Test
  void resultOfAnotherManagersTaskIsStale() {
    a.answer(Status.OK, 5, 5);
    isTold("stale 5");
    b.answer(Status.OK, 5, 5);
    star.settle(a, b);
    assertThat(star.told.take()).containsExactly("OK 5/5");
    assertThat(b.acknowledged).isEqualTo(1);
    assertThat(a.acknowledged).isEqualTo(1);
  }

  @Test
  void resultThatIsGivenTwiceIsStaleTheSecondTime() {
    a.answer(Status.OK, 3, 1, 1);
    a.answer(Status.OK, 3, 1);
    isTold("OK 1/3", "stale 1", "stale 1");
    assertThat(star.interchange.managers().loads()).isEqualTo(Map.of("1", 3, "2", 2));
  }

  @Test
  void recalledTaskIsAnsweredBySkipped() {
    assertThat(star.interchange.recall(4)).isTrue();
    star.settle(a, b);
    assertThat(a.take()).containsExactly("RECALL 4");
    a.answer(Status.SKIPPED, 3, 4);
    isTold("SKIPPED 4/3");
    assertThat(star.interchange.recall(4)).isFalse();
  }

  @Test
  void recalledTaskThatRunsIsAnsweredByAVerdict() {
    assertThat(star.interchange.recall(1)).isTrue();
    a.say(Kind.VERDICT, 1);
    a.say(Kind.VERDICT, 77);
    isTold("too late 1");
    a.answer(Status.OK, 3, 1);
    isTold("OK 1/3");
  }

  @Test
  void killIsSentToWhoHasTheTask() {
    assertThat(star.interchange.kill(5)).isTrue();
    assertThat(star.interchange.kill(99)).isFalse();
    star.settle(a, b);
    assertThat(b.take()).containsExactly("KILL 5");
    b.answer(Status.CANCELLED, 5, 5);
    star.settle(a, b);
    assertThat(star.told.take()).containsExactly("CANCELLED 5/5");
    assertThat(b.acknowledged).isEqualTo(1);
    assertThat(a.take()).isEmpty();
  }

  @Test
  void blockThatDrainsGetsNoMoreTasksAndEndsInOrder() {
    b.answer(Status.OK, 5, 5, 6);
    star.settle(a, b);
    assertThat(star.told.take()).containsExactly("OK 5/5", "OK 6/5");
    star.interchange.managers().drain(Part.block("2"));
    star.interchange.managers().drain(Part.block("2"));
    star.settle(a, b);
    assertThat(b.take()).containsExactly("DRAIN 0");
    assertThat(star.interchange.choose(1)).isZero();
    b.close();
    star.until("it is gone", () -> star.interchange.managers().count() == 1);
    star.settle(a);
    assertThat(star.told.take()).containsExactly("left b: it has finished");
  }

  @Test
  void managerThatSaysThatItDrainsGetsNoMoreTasks() {
    b.say(Kind.DRAIN, 0);
    isTold();
    assertThat(star.interchange.choose(1)).isZero();
    b.answer(Status.SKIPPED, 5, 6, 5);
    star.settle(a, b);
    assertThat(star.told.take()).containsExactly("SKIPPED 6/5", "SKIPPED 5/5");
    assertThat(star.interchange.choose(1)).isZero();
  }

  @Test
  void faultIsToldInTheManagersWordsAndItsTasksGoBackWhenItLeaves() {
    a.say(Kind.FAULT, 0, 0, "no such folder");
    isTold("unusable a: no such folder");
    a.close();
    star.until("it is gone", () -> star.interchange.managers().count() == 1);
    assertThat(star.told.take())
        .containsExactly(
            "returned 4/3",
            "returned 3/3",
            "lost 2/3 by a",
            "lost 1/3 by a",
            "left a: its connection ended");
  }

  @Test
  void outputIsToldWithItsWorker() {
    a.say(Kind.LOG, 2, 3, "oops\n");
    isTold("err a-w3 oops\n");
  }

  @Test
  void capacityThatChangesCountsFromThenOn() {
    b.capacity(Map.of("workers", "3", "window", "6", "window.2", "9"));
    isTold();
    assertThat(star.interchange.managers().workers()).isEqualTo(4);
    assertThat(star.interchange.choose(1)).isEqualTo(4);
    assertThat(star.interchange.choose(2)).isEqualTo(6);
  }

  @Test
  void frameThatAManagerMayNotSendEndsItsLink() {
    a.say(Kind.CLOSE, 0);
    breaksTheProtocol("malformed CLOSE frame at byte 0: a manager does not send CLOSE");
  }

  @Test
  void capacityThatIsNoNumberEndsItsLink() {
    a.capacity(Map.of("window", "many"));
    breaksTheProtocol(
        "malformed CAPACITY frame at byte 0: window=many is not a number from 0 to 16777216");
  }

  @Test
  void bytesThatAreNoFrameEndTheLink() {
    for (int i = 0; i < 4; i++) {
      a.out.putInt(-1);
    }
    breaksTheProtocol("malformed data at byte 4: there is no frame of kind 255");
  }

  @Test
  void resultInASegmentOfItsOwnNodeEndsItsLink() {
    a.writer
        .begin(Kind.RESULTS, 0, 1, 1)
        .lengths(new int[] {fonio.wire.Length.SEGMENT}, 0)
        .attempts(new int[] {3}, 0)
        .payload(new fonio.wire.SegmentReference(1, 70_000))
        .end();
    breaksTheProtocol(
        "malformed RESULTS frame at byte 0: the result of task 1 is in a segment of another node");
  }

  @Test
  void resultsThatTheOwnerCannotReadEndNoTask() {
    star.told.refuse("it says nothing");
    a.answer(Status.OK, 3, 2, 3);
    star.until("the link ends", () -> a.gone);
    star.settle(b);
    assertThat(star.told.take())
        .contains("left a: it broke the protocol: it says nothing")
        .filteredOn(line -> !line.startsWith("said ") && !line.startsWith("left "))
        .extracting(line -> line.replaceAll("^\\w+ | by a$", ""))
        .containsExactlyInAnyOrder("1/3", "2/3", "3/3", "4/3");
  }

  @Test
  void connectionThatEndsGivesTheTasksBack() {
    a.close();
    star.until("it is gone", () -> star.interchange.managers().count() == 1);
    star.settle(b);
    assertThat(star.told.take())
        .containsExactly(
            "returned 4/3",
            "returned 3/3",
            "lost 2/3 by a",
            "lost 1/3 by a",
            "left a: its connection ended");
    assertThat(b.take()).isEmpty();
    assertThat(star.interchange.managers().workers()).isEqualTo(1);
  }

  @Test
  void closeIsToldToAllManagersAndNothingToTheOwner() {
    star.interchange.close();
    star.until("both hear it", () -> a.gone && b.gone);
    assertThat(a.take()).containsExactly("CLOSE 0");
    assertThat(b.take()).containsExactly("CLOSE 0");
    assertThat(star.told.take()).isEmpty();
  }
}
