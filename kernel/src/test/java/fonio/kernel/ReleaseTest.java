package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReleaseTest extends KernelFixture {

  @Test
  void releasedTaskIsUnknown() {
    long task = held(PLAIN);
    succeed(task);
    effects.expect("1 SUCCEEDED");
    assertThat(kernel.knows(task)).isTrue();

    kernel.release(task);
    assertThat(kernel.knows(task)).isFalse();
    expectState(task, TaskState.UNKNOWN);
    assertThatThrownBy(() -> kernel.release(task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("task 1 is unknown");
    assertThatThrownBy(() -> kernel.attempt(task)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.classOf(task)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void taskThatHasNotEndedIsNotReleased() {
    long held = held(PLAIN);
    long waiting = submit(PLAIN, held);
    long ready = submit(RETRIED);

    for (long task : new long[] {held, waiting, ready}) {
      assertThatThrownBy(() -> kernel.release(task))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("task " + task + " is " + kernel.state(task));
      assertThat(kernel.knows(task)).isTrue();
    }
    assertThat(kernel.classOf(ready)).isEqualTo(RETRIED);
  }

  @Test
  void releasedTaskIsNoParent() {
    long task = held(PLAIN);
    succeed(task);
    effects.expect("1 SUCCEEDED");
    kernel.release(task);

    assertThatThrownBy(() -> submit(PLAIN, task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("task 2 depends on task 1, which is unknown");
    assertThat(kernel.lastTask()).isEqualTo(1);
    expectState(submit(PLAIN), TaskState.READY);
  }

  @Test
  void rowOfAReleasedTaskLivesWhileAParentPointsToIt() {
    long good = held(PLAIN);
    long bad = held(PLAIN);
    long ofGood = submit(PLAIN, good);
    long ofBoth = submit(PLAIN, good, bad);
    kernel.cancel(ofGood);
    kernel.cancel(ofBoth);
    kernel.release(ofGood);
    kernel.release(ofBoth);
    assertThat(kernel.knows(ofBoth)).isFalse();

    succeed(good);
    fail(bad);
    effects.expect("3 CANCELLED", "4 CANCELLED", "1 SUCCEEDED", "2 FAILED");
    assertThat(kernel.cancel(ofBoth)).isFalse();
  }

  @Test
  void rowOfAReleasedTaskLivesWhileItIsLinkedInAQueue() {
    kernel.submit(1, 3, PLAIN);
    kernel.cancel(1);
    kernel.release(1);
    effects.expect("1 CANCELLED");

    assertThat(kernel.knows(1)).isFalse();
    assertThat(takeAll()).containsExactly(2, 3);
  }

  @Test
  void queuedTaskAndItsRowCostAtMost64Bytes() {
    kernel.submit(1, 600_000, PLAIN);
    assertThat(kernel.census().bytes() / 600_000.0).isBetween(24.0, 25.0);
  }

  @Test
  void dependencyCosts8Bytes() {
    submit(PLAIN);
    for (int i = 0; i < 100_000; i++) {
      submit(PLAIN, 1);
    }
    long rows = 25L * 4096 * 24;
    assertThat((kernel.census().bytes() - rows) / 100_000.0).isBetween(8.0, 9.0);
  }

  @Tag("long")
  @Test
  void memoryComesBackWhenTasksAreReleased() {
    kernel.submit(1, 600_000, PLAIN);
    long full = kernel.census().bytes();
    var into = new long[1];
    for (long task = 1; task <= 600_000; task++) {
      kernel.take(0, 1, into, 0);
      kernel.cancelled(task, 0);
      kernel.release(task);
    }
    effects.expectEndings(600_000, Ending.CANCELLED);
    assertThat(kernel.census().bytes()).isLessThan(full * 2 / 3);
  }

  @Tag("long")
  @Test
  void memoryOfCancelledQueuedTasksComesBackToo() {
    kernel.submit(1, 600_000, PLAIN);
    long full = kernel.census().bytes();
    for (long task = 2; task <= 600_000; task++) {
      kernel.cancel(task);
      kernel.release(task);
    }
    effects.expectEndings(599_999, Ending.CANCELLED);
    assertThat(kernel.census().bytes()).isLessThan(full * 2 / 3);
    assertThat(takeAll()).containsExactly(1);
  }

  @Tag("long")
  @Test
  void oneLongTaskDoesNotKeepTheMemoryOfMillionsOfShortOnes() {
    long longTask = held(PLAIN);
    submit(PLAIN, longTask);
    var into = new long[1000];
    long most = 0;
    for (int round = 0; round < 3000; round++) {
      kernel.submit(kernel.lastTask() + 1, 1000, PLAIN);
      int count = kernel.take(0, 1000, into, 0);
      for (int i = 0; i < count; i++) {
        kernel.succeeded(into[i], 0);
        kernel.release(into[i]);
      }
      effects.expectEndings(1000, Ending.SUCCEEDED);
      most = Math.max(most, kernel.census().bytes());
    }
    assertThat(most).isLessThan(500_000);
    succeed(longTask);
    effects.expect("1 SUCCEEDED");
    assertThat(takeAll()).containsExactly(2);
  }
}
