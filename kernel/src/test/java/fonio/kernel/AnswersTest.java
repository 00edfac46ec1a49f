package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswersTest extends KernelFixture {

  @Test
  void failedTaskIsTriedAgainAsOftenAsItsClassAllows() {
    long task = held(RETRIED);
    assertThat(kernel.attempt(task)).isZero();

    fail(task);
    assertThat(kernel.attempt(task)).isEqualTo(1);
    assertThat(take(0, 1)).containsExactly(task);
    fail(task);
    assertThat(kernel.attempt(task)).isEqualTo(2);
    assertThat(take(0, 1)).containsExactly(task);
    effects.expect();
    fail(task);
    effects.expect("1 FAILED");
    assertThat(kernel.isReady(0)).isFalse();
  }

  @Test
  void taskTriedAgainStandsBehindTheOthers() {
    long task = held(RETRIED);
    long other = submit(RETRIED);

    fail(task);
    assertThat(take(0, 2)).containsExactly(other, task);
  }

  @Test
  void dependantsWaitWhileATaskIsTriedAgain() {
    long task = held(RETRIED);
    long child = submit(PLAIN, task);

    fail(task);
    expectState(child, TaskState.WAITING);
    take(0, 1);
    succeed(task);
    expectState(child, TaskState.READY);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void lostTaskRunsAgainFirstAndUnderANewAttempt() {
    long task = held(PLAIN);
    submit(PLAIN);

    lose(task);
    assertThat(kernel.attempt(task)).isEqualTo(1);
    assertThat(take(0, 1)).containsExactly(task);
  }

  @Test
  void taskThatKillsThreeWorkersIsPoison() {
    long task = held(PLAIN);

    lose(task);
    take(0, 1);
    lose(task);
    take(0, 1);
    effects.expect();
    lose(task);
    effects.expect("1 POISONED");
    assertThat(kernel.isReady(0)).isFalse();
  }

  @Test
  void lossesDoNotCountAsFailuresNorFailuresAsLosses() {
    long task = held(RETRIED);

    lose(task);
    take(0, 1);
    fail(task);
    take(0, 1);
    lose(task);
    take(0, 1);
    fail(task);
    take(0, 1);
    effects.expect();
    expectState(task, TaskState.HELD);
    assertThat(kernel.attempt(task)).isEqualTo(4);
    fail(task);
    effects.expect("1 FAILED");
  }

  @Test
  void lostTaskOfAClassThatIsNotRerunEndsAsLost() {
    long task = held(NOT_RERUN);
    submit(PLAIN, task);

    lose(task);
    effects.expect("1 LOST", "2 DEPENDENCY_FAILED by 1");
  }

  @Test
  void returnedTaskIsChargedNothing() {
    long task = held(NOT_RERUN);

    for (int time = 1; time <= 100; time++) {
      giveBack(task);
      assertThat(kernel.attempt(task)).isEqualTo(time);
      assertThat(take(0, 1)).containsExactly(task);
    }
    succeed(task);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void killedTaskEndsAsCancelled() {
    long task = held(RETRIED);
    submit(PLAIN, task);

    assertThat(kernel.cancelled(task, 0)).isTrue();
    effects.expect("1 CANCELLED", "2 DEPENDENCY_FAILED by 1");
  }

  @Test
  void answersOfAnOldAttemptChangeNothing() {
    long task = held(RETRIED);
    giveBack(task);
    take(0, 1);

    expectAllStale(task, 0);
    expectAllStale(task, 2);
    expectState(task, TaskState.HELD);
    succeed(task);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void answersForATaskThatIsNotHeldChangeNothing() {
    long ready = submit(PLAIN);
    long waiting = submit(PLAIN, ready);
    long promised = submit(PROMISE);
    long lookingUp = lookedUp(PLAIN);
    effects.expect("4 look up");

    expectAllStale(ready, 0);
    expectAllStale(waiting, 0);
    expectAllStale(promised, 0);
    expectAllStale(lookingUp, 0);
    expectState(ready, TaskState.READY);
    expectState(waiting, TaskState.WAITING);
    expectState(promised, TaskState.PROMISED);
    expectState(lookingUp, TaskState.LOOKING_UP);
  }

  @Test
  void secondAnswerForATaskChangesNothing() {
    long good = held(PLAIN);
    long bad = held(PLAIN);
    succeed(good);
    fail(bad);
    effects.expect("1 SUCCEEDED", "2 FAILED");

    expectAllStale(good, 0);
    expectAllStale(bad, 0);
  }

  @Test
  void answersForReleasedAndUnsubmittedTasksChangeNothing() {
    long task = held(PLAIN);
    succeed(task);
    effects.expect("1 SUCCEEDED");
    kernel.release(task);

    expectAllStale(task, 0);
    expectAllStale(2, 0);
    expectAllStale(0, 0);
    expectAllStale(-1, 0);
  }

  private void expectAllStale(long task, int attempt) {
    assertThat(kernel.succeeded(task, attempt)).isFalse();
    assertThat(kernel.failed(task, attempt)).isFalse();
    assertThat(kernel.lost(task, attempt)).isFalse();
    assertThat(kernel.returned(task, attempt)).isFalse();
    assertThat(kernel.cancelled(task, attempt)).isFalse();
    effects.expect();
  }
}
