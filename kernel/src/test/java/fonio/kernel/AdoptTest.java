package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tasks that executors have since before the kernel was. */
class AdoptTest extends KernelFixture {
  AdoptTest() {
    super(256);
  }

  @Test
  void readyTaskIsHeldUnderTheAttemptThatItCameWith() {
    long task = submit(PLAIN);
    assertThat(kernel.adopt(0, task, 3)).isTrue();

    expectState(task, TaskState.HELD);
    assertThat(kernel.isReady(0)).isFalse();
    assertThat(kernel.succeeded(task, 256)).isFalse();
    assertThat(kernel.succeeded(task, 3)).isTrue();
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void adoptedTaskThatComesBackIsTakenUnderAnAttemptThatNobodyHad() {
    long task = submit(PLAIN);
    kernel.adopt(0, task, 3);
    giveBack(task);

    assertThat(take(0, 5)).containsExactly(task);
    assertThat(kernel.attempt(task)).isEqualTo(256);
    assertThat(kernel.furtherAttempts(task)).isZero();
    giveBack(task);
    assertThat(kernel.attempt(task)).isEqualTo(257);
    assertThat(kernel.furtherAttempts(task)).isEqualTo(1);
  }

  @Test
  void taskThatWasTakenOnceIsNotAdopted() {
    long task = held(PLAIN);
    assertThat(kernel.adopt(0, task, 3)).as("it is held").isFalse();
    giveBack(task);
    assertThat(kernel.adopt(0, task, 3)).as("another may have it yet").isFalse();
    assertThat(kernel.attempt(task)).isEqualTo(257);
  }

  @Test
  void whatIsNotToRunInThatLaneIsNotAdopted() {
    long ended = held(PLAIN);
    succeed(ended);
    effects.expect("1 SUCCEEDED");
    long released = held(PLAIN);
    succeed(released);
    effects.expect("2 SUCCEEDED");
    kernel.release(released);
    long adopted = submit(PLAIN);
    kernel.adopt(0, adopted, 3);
    long promise = submit(PROMISE);
    long waiting = submit(PROMISE, adopted);
    for (long task : new long[] {0, ended, released, adopted, promise, waiting, 99}) {
      assertThat(kernel.adopt(0, task, 3)).as("task " + task).isFalse();
    }
    assertThat(kernel.adopt(0, submit(OTHER_LANE), 3)).isFalse();
    assertThat(kernel.attempt(adopted)).isEqualTo(3);
  }

  @Test
  void chainIsAdoptedInAnyOrderAndEndsInAny() {
    long first = submit(PLAIN);
    long second = submit(PLAIN, first);
    long third = submit(RETRIED, second, first);
    assertThat(kernel.adopt(0, third, 7)).isTrue();
    assertThat(kernel.adopt(0, second, 8)).isTrue();
    assertThat(kernel.isReady(0)).isTrue();
    assertThat(kernel.adopt(0, first, 7)).isTrue();

    assertThat(kernel.succeeded(second, 8)).isTrue();
    succeed(first);
    succeed(third);
    effects.expect("2 SUCCEEDED", "1 SUCCEEDED", "3 SUCCEEDED");
    kernel.release(second);
    kernel.release(first);
    kernel.release(third);
  }

  @Test
  void adoptedTaskThatComesBackWaitsForWhatHasNotEnded() {
    long first = submit(PLAIN);
    long second = submit(PLAIN, first);
    kernel.adopt(0, second, 7);
    giveBack(second);
    expectState(second, TaskState.WAITING);
    assertThat(takeAll()).containsExactly(first);
    assertThat(kernel.follower(first)).isEqualTo(second);
    succeed(first);
    succeed(second);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED");
  }

  @Test
  void adoptedTaskEndsWithTheFailureOfWhatItWaitsFor() {
    long first = held(PLAIN);
    long second = submit(PLAIN, first);
    kernel.adopt(0, second, 7);
    fail(first);
    effects.expect("1 FAILED", "2 DEPENDENCY_FAILED by 1");
    assertThat(kernel.succeeded(second, 7)).isFalse();
  }

  @Test
  void whatEndedBeforeItsParentIsReleasedBeforeIt() {
    long first = held(PLAIN);
    long second = submit(PLAIN, first);
    kernel.adopt(0, second, 7);
    succeed(second);
    effects.expect("2 SUCCEEDED");
    kernel.release(second);
    fail(first);
    effects.expect("1 FAILED");
    assertThat(kernel.census().count(TaskState.UNKNOWN)).isZero();
  }

  @Test
  void taskThatIsLookedUpIsAdoptedAndTheAnswerComesTooLate() {
    long task = lookedUp(PLAIN);
    effects.expect("1 look up");
    assertThat(kernel.adopt(0, task, 7)).isTrue();
    assertThat(kernel.notFound(task)).isFalse();
    assertThat(kernel.found(task, true)).isFalse();
    succeed(task);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void othersOfTheQueueKeepTheirOrderWhateverBecomesOfAdoptedOnes() {
    kernel.submit(1, 9, RETRIED);
    for (long task : new long[] {1, 4, 5, 9}) {
      assertThat(kernel.adopt(0, task, 3)).isTrue();
    }
    assertThat(kernel.readyCount(0)).isEqualTo(5);
    fail(5);
    succeed(4);
    effects.expect("4 SUCCEEDED");
    kernel.release(4);
    giveBack(1);
    kernel.cancel(6);
    effects.expect("6 CANCELLED");
    assertThat(kernel.readyCount(0)).isEqualTo(6);
    assertThat(takeAll()).containsExactly(1, 2, 3, 5, 7, 8);
    lose(9);
    assertThat(takeAll()).containsExactly(9);
  }

  @Test
  void adoptedTaskIsTakenAgainAfterItsQueueWasSweptOfIt() {
    kernel.submit(1, 100, PLAIN);
    for (long task = 1; task <= 99; task++) {
      kernel.adopt(0, task, 3);
    }
    giveBack(99);
    giveBack(1);
    assertThat(takeAll()).containsExactly(1, 99, 100);
    assertThat(kernel.census().count(TaskState.HELD)).isEqualTo(100);
  }

  @Test
  void onlyReadyTaskOfAQueueIsAdoptedAndComesBack() {
    long task = submit(PLAIN);
    kernel.adopt(0, task, 3);
    long other = submit(PLAIN);
    giveBack(task);
    assertThat(takeAll()).containsExactly(task, other);
  }
}
