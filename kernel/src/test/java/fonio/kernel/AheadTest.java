package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AheadTest extends KernelFixture {

  @Test
  void onlyDependantOfAHeldTaskIsSentAhead() {
    long parent = held(PLAIN);
    long child = submit(PLAIN, parent);

    assertThat(kernel.follower(parent)).isEqualTo(child);
    expectState(child, TaskState.HELD);
    succeed(parent);
    expectState(child, TaskState.HELD);
    assertThat(kernel.isReady(0)).isFalse();
    succeed(child);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED");
  }

  @Test
  void wholeChainIsSentAhead() {
    long first = held(PLAIN);
    long second = submit(PLAIN, first);
    long third = submit(PLAIN, second);

    assertThat(kernel.follower(first)).isEqualTo(second);
    assertThat(kernel.follower(second)).isEqualTo(third);
    assertThat(kernel.follower(third)).isEqualTo(-1);
    succeed(first);
    succeed(second);
    succeed(third);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED", "3 SUCCEEDED");
  }

  @Test
  void noTaskFollowsTwice() {
    long parent = held(PLAIN);
    submit(PLAIN, parent);

    kernel.follower(parent);
    assertThat(kernel.follower(parent)).isEqualTo(-1);
  }

  @Test
  void nothingFollowsWhereItCouldNotRunThere() {
    long ready = submit(PLAIN);
    submit(PLAIN, ready);
    assertThat(kernel.follower(ready)).as("parent is not held").isEqualTo(-1);
    take(0, 1);

    long ofTwo = held(PLAIN);
    submit(PLAIN, ofTwo);
    submit(PLAIN, ofTwo);
    assertThat(kernel.follower(ofTwo)).as("two dependants").isEqualTo(-1);

    long a = held(PLAIN);
    long b = held(PLAIN);
    submit(PLAIN, a, b);
    assertThat(kernel.follower(a)).as("waits for another").isEqualTo(-1);

    long ofOtherClass = held(PLAIN);
    submit(RETRIED, ofOtherClass);
    assertThat(kernel.follower(ofOtherClass)).as("another class").isEqualTo(-1);

    long ofLookedUp = held(PLAIN);
    lookedUp(PLAIN, ofLookedUp);
    assertThat(kernel.follower(ofLookedUp)).as("is looked up first").isEqualTo(-1);

    long ofCancelled = held(PLAIN);
    kernel.cancel(submit(PLAIN, ofCancelled));
    effects.expect(kernel.lastTask() + " CANCELLED");
    assertThat(kernel.follower(ofCancelled)).as("cancelled").isEqualTo(-1);

    assertThat(kernel.follower(held(PLAIN))).as("no dependant").isEqualTo(-1);
    assertThat(kernel.follower(99)).as("unknown").isEqualTo(-1);
  }

  @Test
  void failureOfTheParentFailsTheTaskAheadAndMakesItsAnswersStale() {
    long parent = held(PLAIN);
    long child = submit(PLAIN, parent);
    kernel.follower(parent);

    fail(parent);
    effects.expect("1 FAILED", "2 DEPENDENCY_FAILED by 1");
    assertThat(kernel.returned(child, 0)).isFalse();
    assertThat(kernel.succeeded(child, 0)).isFalse();
  }

  @Test
  void skippedTaskWaitsAgainForAParentThatIsTriedAgain() {
    long parent = held(RETRIED);
    long child = submit(RETRIED, parent);
    kernel.follower(parent);

    fail(parent);
    expectState(child, TaskState.HELD);
    giveBack(child);
    expectState(child, TaskState.WAITING);
    assertThat(kernel.attempt(child)).isEqualTo(1);
    assertThat(takeAll()).containsExactly(parent);
    assertThat(kernel.follower(parent)).isEqualTo(child);
    succeed(parent);
    succeed(child);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED");
  }

  @Test
  void skippedTaskIsReadyWhenItsParentSucceededElsewhereMeanwhile() {
    long parent = held(RETRIED);
    long child = submit(RETRIED, parent);
    kernel.follower(parent);

    giveBack(parent);
    take(0, 1);
    succeed(parent);
    giveBack(child);
    expectState(child, TaskState.READY);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void workerDiesUnderATaskAheadBeforeItsParentWasReported() {
    long parent = held(PLAIN);
    long child = submit(PLAIN, parent);
    kernel.follower(parent);

    lose(child);
    giveBack(parent);
    expectState(child, TaskState.WAITING);
    assertThat(takeAll()).containsExactly(parent);
    succeed(parent);
    assertThat(takeAll()).containsExactly(child);
    succeed(child);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED");
  }

  @Test
  void taskAheadThatEndsBadlyBeforeItsParentLeavesTheParentAlone() {
    long parent = held(NOT_RERUN);
    long child = submit(NOT_RERUN, parent);
    kernel.follower(parent);

    lose(child);
    effects.expect("2 LOST");
    kernel.release(child);
    assertThat(kernel.knows(child)).isFalse();
    succeed(parent);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void askedTaskAheadWaitsAgainOrFailsWithItsParent() {
    long parent = held(ASKING);
    long child = submit(ASKING, parent);
    kernel.follower(parent);
    fail(child);
    effects.expect("2 ask");

    assertThat(kernel.retry(child, true)).isTrue();
    expectState(child, TaskState.WAITING);
    assertThat(kernel.follower(parent)).isEqualTo(child);
    fail(child);
    fail(parent);
    kernel.retry(parent, false);
    effects.expect("2 ask", "1 ask", "1 FAILED", "2 DEPENDENCY_FAILED by 1");
    assertThat(kernel.retry(child, true)).isFalse();
  }

  @Test
  void askedTaskAheadIsReadyForItsVerdictWhenItsParentSucceeded() {
    long parent = held(ASKING);
    long child = submit(ASKING, parent);
    kernel.follower(parent);
    fail(child);
    succeed(parent);
    expectState(child, TaskState.ASKED);

    kernel.retry(child, true);
    expectState(child, TaskState.READY);
    effects.expect("2 ask", "1 SUCCEEDED");
  }

  @Test
  void successAheadOfTheParentIsRefused() {
    long parent = held(PLAIN);
    long child = submit(PLAIN, parent);
    kernel.follower(parent);

    assertThatThrownBy(() -> kernel.succeeded(child, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("task 2 was sent ahead");
    expectState(child, TaskState.HELD);
  }
}
