package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DependenciesTest extends KernelFixture {

  @Test
  void taskWithoutParentsIsReadyAtOnce() {
    long task = submit(PLAIN);

    expectState(task, TaskState.READY);
    assertThat(take(0, 5)).containsExactly(task);
    expectState(task, TaskState.HELD);
    succeed(task);
    expectState(task, TaskState.ENDED_WELL);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void childWaitsForAllItsParents() {
    long a = held(PLAIN);
    long b = held(PLAIN);
    long child = submit(PLAIN, a, b);

    expectState(child, TaskState.WAITING);
    succeed(b);
    expectState(child, TaskState.WAITING);
    succeed(a);
    expectState(child, TaskState.READY);
    effects.expect("2 SUCCEEDED", "1 SUCCEEDED");
  }

  @Test
  void parentNamedTwiceCountsOnce() {
    long a = held(PLAIN);
    long b = held(PLAIN);
    long child = submit(PLAIN, a, b, a, b, b);

    succeed(a);
    succeed(b);
    expectState(child, TaskState.READY);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED");
  }

  @Test
  void parentThatHasAResultIsNotWaitedFor() {
    long done = held(PLAIN);
    succeed(done);
    long open = held(PLAIN);
    effects.expect("1 SUCCEEDED");

    expectState(submit(PLAIN, done), TaskState.READY);
    long both = submit(PLAIN, done, open);
    expectState(both, TaskState.WAITING);
    succeed(open);
    expectState(both, TaskState.READY);
    effects.expect("2 SUCCEEDED");
  }

  @Test
  void onlyTheSliceOfTheParentsArrayCounts() {
    long a = held(PLAIN);
    long b = held(PLAIN);
    long child = kernel.lastTask() + 1;
    kernel.submit(child, PLAIN, new long[] {77, a, b, 99}, 1, 3, 0);

    succeed(a);
    expectState(child, TaskState.WAITING);
    succeed(b);
    expectState(child, TaskState.READY);
    effects.expect("1 SUCCEEDED", "2 SUCCEEDED");
  }

  @Test
  void dependantsBecomeReadyInTheOrderOfTheirSubmission() {
    long parent = held(PLAIN);
    long[] children = {
      submit(PLAIN, parent), submit(PLAIN, parent), submit(PLAIN, parent), submit(PLAIN, parent)
    };

    succeed(parent);
    assertThat(take(0, 9)).containsExactly(children);
    effects.expect("1 SUCCEEDED");
  }

  @Test
  void failureReachesAllDescendantsOnceAndNamesItsRoot() {
    long root = held(PLAIN);
    long left = submit(PLAIN, root);
    long right = submit(PLAIN, root);
    long join = submit(PLAIN, left, right);
    submit(PLAIN, join);
    long stranger = submit(PLAIN);

    fail(root);

    effects.expect(
        "1 FAILED",
        "2 DEPENDENCY_FAILED by 1",
        "3 DEPENDENCY_FAILED by 1",
        "4 DEPENDENCY_FAILED by 1",
        "5 DEPENDENCY_FAILED by 1");
    assertThat(takeAll()).containsExactly(stranger);
  }

  @Test
  void failureOfOneParentIsEnough() {
    long good = held(PLAIN);
    long bad = held(PLAIN);
    long child = submit(PLAIN, good, bad);

    fail(bad);
    effects.expect("2 FAILED", "3 DEPENDENCY_FAILED by 2");
    succeed(good);
    effects.expect("1 SUCCEEDED");
    expectState(child, TaskState.ENDED_BADLY);
  }

  @Test
  void secondFailedParentChangesNothing() {
    long a = held(PLAIN);
    long b = held(PLAIN);
    submit(PLAIN, a, b);

    fail(a);
    fail(b);
    effects.expect("1 FAILED", "3 DEPENDENCY_FAILED by 1", "2 FAILED");
  }

  @Test
  void childOfATaskThatEndedBadlyFailsAtOnceAndNamesTheRoot() {
    long root = held(PLAIN);
    long middle = submit(PLAIN, root);
    long open = held(PLAIN);
    fail(root);
    effects.expect("1 FAILED", "2 DEPENDENCY_FAILED by 1");

    long child = submit(PLAIN, open, middle);
    effects.expect("4 DEPENDENCY_FAILED by 1");
    submit(PLAIN, child);
    effects.expect("5 DEPENDENCY_FAILED by 1");
    submit(PLAIN, root);
    effects.expect("6 DEPENDENCY_FAILED by 1");
    succeed(open);
    effects.expect("3 SUCCEEDED");
  }

  @Test
  void firstOfTwoFailedParentsIsTheCause() {
    long a = held(PLAIN);
    long b = held(PLAIN);
    fail(a);
    fail(b);
    submit(PLAIN, b, a);
    effects.expect("1 FAILED", "2 FAILED", "3 DEPENDENCY_FAILED by 2");
  }

  @Test
  void childOfACancelledQueuedTaskNamesIt() {
    submit(PLAIN);
    long cancelled = submit(PLAIN);
    submit(PLAIN, cancelled);
    submit(PLAIN);

    assertThat(kernel.cancel(cancelled)).isTrue();
    submit(PLAIN, cancelled);
    effects.expect("2 CANCELLED", "3 DEPENDENCY_FAILED by 2", "5 DEPENDENCY_FAILED by 2");
    assertThat(takeAll()).containsExactly(1, 4);
  }

  @Test
  void everyTaskIsCountedInItsState() {
    long held = held(PLAIN);
    submit(PLAIN, held);
    kernel.submit(3, 2, PLAIN);
    lookedUp(PLAIN);
    submit(PROMISE);
    kernel.submit(7, 2, PROMISE);

    effects.expect("5 look up");
    assertThat(kernel.census().count(TaskState.HELD)).isEqualTo(1);
    assertThat(kernel.census().count(TaskState.WAITING)).isEqualTo(1);
    assertThat(kernel.census().count(TaskState.READY)).isEqualTo(2);
    assertThat(kernel.census().count(TaskState.LOOKING_UP)).isEqualTo(1);
    assertThat(kernel.census().count(TaskState.PROMISED)).isEqualTo(3);
    assertThat(kernel.census().pending()).isEqualTo(8);

    succeed(held);
    effects.expect("1 SUCCEEDED");
    assertThat(kernel.census().count(TaskState.ENDED_WELL)).isEqualTo(1);
    assertThat(kernel.census().count(TaskState.READY)).isEqualTo(3);
    assertThat(kernel.census().ended(Ending.SUCCEEDED)).isEqualTo(1);
    assertThat(kernel.census().ended(Ending.FAILED)).isZero();
    assertThat(kernel.census().pending()).isEqualTo(7);
    kernel.release(held);
    assertThat(kernel.census().count(TaskState.ENDED_WELL)).isZero();
    assertThat(kernel.census().count(TaskState.UNKNOWN)).isZero();
    assertThat(kernel.census().ended(Ending.SUCCEEDED)).isEqualTo(1);
  }
}
