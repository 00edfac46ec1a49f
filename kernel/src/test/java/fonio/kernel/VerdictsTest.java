package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictsTest extends KernelFixture {

  @Test
  void failedTaskOfAnAskingClassWaitsForItsVerdict() {
    long task = held(ASKING);

    fail(task);
    effects.expect("1 ask");
    expectState(task, TaskState.ASKED);
    assertThat(kernel.failed(task, 0)).isFalse();
    assertThat(kernel.isReady(0)).isFalse();
  }

  @Test
  void verdictAgainRunsItBehindTheOthersUnderANewAttempt() {
    long task = held(ASKING);
    long other = submit(ASKING);
    fail(task);

    assertThat(kernel.retry(task, true)).isTrue();
    assertThat(kernel.attempt(task)).isEqualTo(1);
    assertThat(take(0, 2)).containsExactly(other, task);
    fail(task);
    effects.expect("1 ask", "1 ask");
  }

  @Test
  void verdictNoEndsIt() {
    long task = held(ASKING);
    submit(PLAIN, task);
    fail(task);
    effects.expect("1 ask");

    assertThat(kernel.retry(task, false)).isTrue();
    effects.expect("1 FAILED", "2 DEPENDENCY_FAILED by 1");
  }

  @Test
  void verdictForATaskThatIsNotAskedChangesNothing() {
    long task = held(ASKING);
    assertThat(kernel.retry(task, true)).isFalse();
    fail(task);
    assertThat(kernel.cancel(task)).isTrue();
    effects.expect("1 ask", "1 CANCELLED");
    assertThat(kernel.retry(task, false)).isFalse();
    assertThat(kernel.retry(99, true)).isFalse();
  }

  @Test
  void lookUpIsToldWhenTheDependenciesAreThere() {
    long parent = held(PLAIN);
    long task = lookedUp(PLAIN, parent);
    effects.expect();

    succeed(parent);
    effects.expect("1 SUCCEEDED", "2 look up");
    expectState(task, TaskState.LOOKING_UP);
    assertThat(kernel.isReady(0)).isFalse();
  }

  @Test
  void foundResultEndsTheTaskWithoutARun() {
    long task = lookedUp(PLAIN);
    long child = submit(PLAIN, task);

    assertThat(kernel.found(task, true)).isTrue();
    effects.expect("1 look up", "1 SUCCEEDED");
    expectState(child, TaskState.READY);
  }

  @Test
  void foundErrorEndsTheTaskBadly() {
    long task = lookedUp(PLAIN);
    submit(PLAIN, task);

    assertThat(kernel.found(task, false)).isTrue();
    effects.expect("1 look up", "1 FAILED", "2 DEPENDENCY_FAILED by 1");
  }

  @Test
  void taskThatIsNotFoundRunsAndIsNotLookedUpAgain() {
    long task = lookedUp(RETRIED);

    assertThat(kernel.notFound(task)).isTrue();
    effects.expect("1 look up");
    assertThat(take(0, 1)).containsExactly(task);
    fail(task);
    assertThat(take(0, 1)).containsExactly(task);
  }

  @Test
  void answerOfALookUpThatCameTooLateChangesNothing() {
    long task = lookedUp(PLAIN);
    assertThat(kernel.cancel(task)).isTrue();
    effects.expect("1 look up", "1 CANCELLED");

    assertThat(kernel.found(task, true)).isFalse();
    assertThat(kernel.notFound(task)).isFalse();
    kernel.release(task);
    assertThat(kernel.found(task, true)).isFalse();
    assertThat(kernel.notFound(task)).isFalse();
  }

  @Test
  void promiseIsNeverReadyAndEndsAsItIsFulfilled() {
    long kept = submit(PROMISE);
    long broken = submit(PROMISE);
    long child = submit(PLAIN, kept);
    submit(PLAIN, broken);
    assertThat(kernel.isReady(0)).isFalse();

    assertThat(kernel.fulfil(kept, Ending.SUCCEEDED)).isTrue();
    effects.expect("1 SUCCEEDED");
    expectState(child, TaskState.READY);
    assertThat(kernel.fulfil(broken, Ending.LOST)).isTrue();
    effects.expect("2 LOST", "4 DEPENDENCY_FAILED by 2");
  }

  @Test
  void promiseIsFulfilledOnce() {
    long promise = submit(PROMISE);

    assertThat(kernel.fulfil(promise, Ending.SUCCEEDED)).isTrue();
    assertThat(kernel.fulfil(promise, Ending.FAILED)).isFalse();
    effects.expect("1 SUCCEEDED");
    kernel.release(promise);
    assertThat(kernel.fulfil(promise, Ending.SUCCEEDED)).isFalse();
  }

  @Test
  void promiseWithParentsIsPromisedWhenTheyEndedAndFailsWithThem() {
    long parent = held(PLAIN);
    long promise = submit(PROMISE, parent);
    expectState(promise, TaskState.WAITING);
    succeed(parent);
    expectState(promise, TaskState.PROMISED);
    effects.expect("1 SUCCEEDED");

    long bad = held(PLAIN);
    submit(PROMISE, bad);
    fail(bad);
    effects.expect("3 FAILED", "4 DEPENDENCY_FAILED by 3");
  }

  @Test
  void promiseMayBeFulfilledBeforeItsParentsEnded() {
    long parent = held(PLAIN);
    long promise = submit(PROMISE, parent);

    assertThat(kernel.fulfil(promise, Ending.SUCCEEDED)).isTrue();
    succeed(parent);
    effects.expect("2 SUCCEEDED", "1 SUCCEEDED");
    expectState(promise, TaskState.ENDED_WELL);
  }
}
