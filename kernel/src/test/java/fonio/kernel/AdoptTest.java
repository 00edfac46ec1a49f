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
    assertThat(kernel.adopt(0, task, 3, 0)).isTrue();

    expectState(task, TaskState.HELD);
    assertThat(kernel.isReady(0)).isFalse();
    assertThat(kernel.succeeded(task, 256)).isFalse();
    assertThat(kernel.succeeded(task, 3)).isTrue();
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void adoptedTaskThatComesBackIsTakenUnderAnAttemptThatNobodyHad() {
    long task = submit(PLAIN);
    kernel.adopt(0, task, 3, 0);
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
    assertThat(kernel.adopt(0, task, 3, 0)).as("it is held").isFalse();
    giveBack(task);
    assertThat(kernel.adopt(0, task, 3, 0)).as("another may have it yet").isFalse();
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
    kernel.adopt(0, adopted, 3, 0);
    long waiting = submit(PLAIN, adopted);
    long promise = submit(PROMISE);
    for (long task : new long[] {0, ended, released, adopted, waiting, promise, 99}) {
      assertThat(kernel.adopt(0, task, 3, 0)).as("task " + task).isFalse();
    }
    assertThat(kernel.adopt(0, submit(OTHER_LANE), 3, 0)).isFalse();
    assertThat(kernel.attempt(adopted)).isEqualTo(3);
  }

  @Test
  void chainIsAdoptedFromItsFirstTaskOn() {
    long first = submit(PLAIN);
    long second = submit(PLAIN, first);
    long third = submit(PLAIN, second);
    assertThat(kernel.adopt(0, second, 7, first)).as("before its parent").isFalse();
    assertThat(kernel.adopt(0, first, 7, 0)).isTrue();
    assertThat(kernel.adopt(0, third, 7, first)).as("behind another").isFalse();
    assertThat(kernel.adopt(0, second, 8, first)).isTrue();
    assertThat(kernel.adopt(0, third, 7, second)).isTrue();

    succeed(first);
    assertThat(kernel.succeeded(second, 8)).isTrue();
    succeed(third);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED", "3 SUCCEEDED");
  }

  @Test
  void othersOfTheQueueKeepTheirOrderWhateverBecomesOfAdoptedOnes() {
    kernel.submit(1, 9, RETRIED);
    for (long task : new long[] {1, 4, 5, 9}) {
      assertThat(kernel.adopt(0, task, 3, 0)).isTrue();
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
      kernel.adopt(0, task, 3, 0);
    }
    giveBack(99);
    giveBack(1);
    assertThat(takeAll()).containsExactly(1, 99, 100);
    assertThat(kernel.count(TaskState.HELD)).isEqualTo(100);
  }

  @Test
  void onlyReadyTaskOfAQueueIsAdoptedAndComesBack() {
    long task = submit(PLAIN);
    kernel.adopt(0, task, 3, 0);
    long other = submit(PLAIN);
    giveBack(task);
    assertThat(takeAll()).containsExactly(task, other);
  }
}
