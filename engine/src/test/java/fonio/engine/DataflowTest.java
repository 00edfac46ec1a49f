package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.kernel.TaskState;
import fonio.wire.Fault;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.SegmentReference;
import fonio.wire.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataflowTest extends EngineFixture {
  private static final byte[] NOTHING = {};
  private static final long SEGMENT = 0x1000_0000_0001L;

  private static byte[] reference() {
    byte[] bytes = new byte[SegmentReference.BYTES];
    new SegmentReference(SEGMENT, 100_000).encode(bytes, 0);
    return bytes;
  }

  private void answerInSegment(long task, int status) {
    answer(task, dataflow.kernel().attempt(task), status, reference(), Length.SEGMENT);
  }

  private void acknowledge() {
    say.frame(Kind.ACK, 0, 1, 0, NOTHING);
    exchange();
  }

  @Test
  void dependantIsReadyWhenItsParentsAre() {
    submit(PLAIN, 1);
    submit(PLAIN, 2);
    submit(PLAIN, 3, 1, 2, 1);
    exchange();
    assertThat(take()).containsExactly(1L, 2L);
    answer(2, Status.OK, "two");
    assertThat(take()).isEmpty();
    answer(1, Status.OK, "one");
    assertThat(take()).containsExactly(3L);
    assertThat(dataflow.payloads().parentCount(3)).isEqualTo(3);
    assertThat(dataflow.payloads().resultLength(1)).isEqualTo(3);
    answer(3, Status.OK, "three");
    assertThat(answers()).containsExactly("2 OK two", "1 OK one", "3 OK three");
  }

  @Test
  void acknowledgedParentStaysUntilItsDependantHasEnded() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    answers();
    acknowledge();
    assertThat(dataflow.kernel().knows(1)).isTrue();
    assertThat(dataflow.payloads().resultLength(1)).isEqualTo(3);
    take();
    answer(2, Status.OK, "two");
    assertThat(dataflow.kernel().knows(1)).isFalse();
    answers();
    acknowledge();
    assertThat(dataflow.kernel().knows(2)).isFalse();
  }

  @Test
  void resultInASegmentGoesWhenItIsReleasedAndAcknowledged() {
    submit(PLAIN, 1);
    exchange();
    take();
    answerInSegment(1, Status.OK);
    assertThat(answers()).containsExactly("1 OK in a segment");
    acknowledge();
    assertThat(deleted).isEmpty();
    say.frame(Kind.RELEASE, 0, 1, 1, NOTHING);
    exchange();
    assertThat(deleted).containsExactly(SEGMENT);
    assertThat(dataflow.kernel().knows(1)).isFalse();
    say.frame(Kind.RELEASE, 0, 1, 1, NOTHING);
    exchange();
    assertThat(deleted).hasSize(1);
  }

  @Test
  void argumentInASegmentGoesWithTheEndOfItsTaskAlone() {
    say.begin(Kind.SUBMIT, RETRIED, 1, 1)
        .lengths(new int[] {Length.SEGMENT}, 0)
        .payload(reference(), 0, SegmentReference.BYTES)
        .end();
    exchange();
    take();
    answer(1, Status.ERROR, "no");
    assertThat(deleted).isEmpty();
    take();
    answer(1, Status.OK, "");
    assertThat(deleted).containsExactly(SEGMENT);
  }

  @Test
  void staleResultIsDroppedWithItsSegment() {
    submit(RETRIED, 1);
    exchange();
    take();
    answer(1, Status.ERROR, "no");
    answer(1, 0, Status.OK, reference(), Length.SEGMENT);
    assertThat(deleted).containsExactly(SEGMENT);
    take();
    answer(1, Status.OK, "yes");
    answer(1, Status.OK, "twice");
    assertThat(answers()).containsExactly("1 OK yes");
  }

  @Test
  void segmentOfAFailedAttemptGoesWhenTheTaskIsTriedAgain() {
    submit(RETRIED, 1);
    exchange();
    take();
    answerInSegment(1, Status.ERROR);
    assertThat(deleted).containsExactly(SEGMENT);
    assertThat(account.retries).isEqualTo(1);
    take();
    answer(1, Status.ERROR, "no");
    assertThat(answers()).containsExactly("1 ERROR no");
  }

  @Test
  void segmentOfAnErrorThatWasAskedAboutGoesWithTheYes() {
    submit(ASKS, 1);
    exchange();
    take();
    answerInSegment(1, Status.ERROR);
    assertThat(answers()).containsExactly("ASK 1");
    say.frame(Kind.RETRY, 0, 1, 1, NOTHING);
    exchange();
    assertThat(deleted).containsExactly(SEGMENT);
    assertThat(take()).containsExactly(1L);
  }

  @Test
  void noEndsATaskThatWasAskedAboutWithItsError() {
    submit(ASKS, 1);
    exchange();
    take();
    answer(1, Status.ERROR, "bad");
    assertThat(answers()).containsExactly("ASK 1");
    say.frame(Kind.RETRY, 0, 0, 1, NOTHING);
    assertThat(exchange()).containsExactly("1 ERROR bad");
  }

  @Test
  void retryOfATaskThatWasNotAskedAboutChangesNothing() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    exchange();
    take();
    answer(1, Status.OK, "one");
    say.frame(Kind.RETRY, 0, 1, 1, NOTHING);
    say.frame(Kind.RETRY, 0, 1, 99, NOTHING);
    exchange();
    assertThat(account.retries).isZero();
    assertThat(dataflow.payloads().resultLength(1)).isEqualTo(3);
  }

  @Test
  void failureIsToldToAllThatDependOnItWithItsChain() {
    submit(PLAIN, 1);
    submit(RETRIED, 2, 1);
    submit(PLAIN, 3, 2);
    exchange();
    take();
    answer(1, Status.ERROR, "bad");
    assertThat(answers())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("1 ERROR bad"),
            line -> assertThat(line).startsWith("2 DEP").contains("retried <- plain (task 1)"),
            line ->
                assertThat(line)
                    .startsWith("3 DEP")
                    .contains("plain <- retried <- plain (task 1)"));
    assertThat(account.dependencyFailed).isEqualTo(2);
  }

  @Test
  void errorInASegmentIsNamedToDependants() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    exchange();
    take();
    answerInSegment(1, Status.ERROR);
    assertThat(answers().getLast()).contains("ErrorTooLarge").contains("task 1 is too large");
  }

  @Test
  void taskSubmittedBehindAFailureFailsAtOnce() {
    submit(PLAIN, 1);
    exchange();
    take();
    answer(1, Status.ERROR, "bad");
    submit(PLAIN, 2, 1);
    submit(PLAIN, 3, 2);
    assertThat(exchange().getLast()).startsWith("3 DEP").contains("(task 1)");
    assertThat(dataflow.pending()).isZero();
  }

  @Test
  void cancelledTaskEndsWithWhatDependsOnIt() {
    submit(PLAIN, 1);
    submit(PLAIN, 2, 1);
    say.frame(Kind.CANCEL, 0, 0, 1, NOTHING);
    assertThat(exchange())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("1 CANCELLED"),
            line -> assertThat(line).startsWith("2 DEP"));
    assertThat(take()).isEmpty();
  }

  @Test
  void promiseGivesItsValueToDependantsAndNotBackToTheClient() {
    say.begin(Kind.SUBMIT, PROMISE, 1, 1).end();
    submit(PLAIN, 2, 1);
    exchange();
    assertThat(take()).isEmpty();
    say.begin(Kind.RESULTS, 0, 1, 1)
        .lengths(new int[] {2}, 0)
        .payload(new byte[] {'4', '2'}, 0, 2)
        .end();
    assertThat(exchange()).containsExactly("1 OK");
    assertThat(take()).containsExactly(2L);
    assertThat(dataflow.payloads().resultLength(1)).isEqualTo(2);
  }

  @Test
  void clientThatEndsATaskThatIsNoPromiseIsToldSo() {
    submit(PLAIN, 1);
    say.begin(Kind.RESULTS, 0, 1, 1).end();
    assertThat(exchange()).singleElement().asString().contains("task 1 is no promise");
  }

  @Test
  void secondEndOfAPromiseIsDroppedWithItsSegment() {
    say.begin(Kind.SUBMIT, PROMISE, 1, 1).end();
    say.begin(Kind.RESULTS, 0, 1, 1).end();
    say.begin(Kind.RESULTS, 0, 1, 1)
        .lengths(new int[] {Length.SEGMENT}, 0)
        .payload(reference(), 0, SegmentReference.BYTES)
        .end();
    assertThat(exchange()).containsExactly("1 OK");
    assertThat(deleted).containsExactly(SEGMENT);
  }

  @Test
  void lostTaskRunsAgainAndIsPoisonAfterItsThirdKill() {
    submit(PLAIN, 1);
    exchange();
    for (int kill = 0; kill < 3; kill++) {
      assertThat(take()).containsExactly(1L);
      dataflow
          .reports()
          .lost(
              1,
              dataflow.kernel().attempt(1),
              new Fault("WorkerLost", "worker w0 died", Map.of("signal", "9")));
    }
    assertThat(take()).isEmpty();
    assertThat(answers().getLast()).startsWith("1 FAULT TaskPoisoned").contains("worker w0 died");
    assertThat(account.workersLost).isEqualTo(3);
  }

  @Test
  void laneWithoutWorkersFailsWhatIsReadyAndKeepsWhatWaits() {
    submit(PLAIN, 1);
    submit(RETRIED, 2);
    say.begin(Kind.SUBMIT, PROMISE, 1, 3).end();
    submit(PLAIN, 4, 3);
    exchange();
    dataflow.reports().unusable(0, new Fault("BrokenExecutor", "no interpreter", Map.of()));
    assertThat(answers())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("no interpreter"));
    assertThat(dataflow.kernel().state(4)).isEqualTo(TaskState.WAITING);
  }

  @Test
  void nothingIsHeldForTasksThatAreDoneAndAcknowledged() {
    for (int task = 1; task <= 2000; task++) {
      if (task % 2 == 0) {
        submit(PLAIN, task, task - 1);
      } else {
        submit(PLAIN, task);
      }
    }
    exchange();
    for (int round = 0; round < 2; round++) {
      for (long task : take()) {
        answer(task, Status.OK, "r" + task);
      }
    }
    answers();
    acknowledge();
    assertThat(dataflow.pending()).isZero();
    assertThat(dataflow.held()).isZero();
  }
}
