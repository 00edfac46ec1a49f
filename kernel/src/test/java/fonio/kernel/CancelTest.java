package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancelTest extends KernelFixture {

  @Test
  void taskThatDoesNotRunIsCancelledWithItsDependants() {
    long held = held(PLAIN);
    long waiting = submit(PLAIN, held);
    submit(PLAIN, waiting);
    long ready = submit(PLAIN);
    submit(PLAIN, ready);
    long promised = submit(PROMISE);
    long lookingUp = lookedUp(PLAIN);
    effects.expect("7 look up");

    assertThat(kernel.cancel(waiting)).isTrue();
    effects.expect("2 CANCELLED", "3 DEPENDENCY_FAILED by 2");
    assertThat(kernel.cancel(ready)).isTrue();
    effects.expect("4 CANCELLED", "5 DEPENDENCY_FAILED by 4");
    assertThat(kernel.cancel(promised)).isTrue();
    assertThat(kernel.cancel(lookingUp)).isTrue();
    effects.expect("6 CANCELLED", "7 CANCELLED");
    assertThat(kernel.fulfil(promised, Ending.SUCCEEDED)).isFalse();
  }

  @Test
  void heldTaskIsNotCancelled() {
    long task = held(PLAIN);

    assertThat(kernel.cancel(task)).isFalse();
    expectState(task, TaskState.HELD);
  }

  @Test
  void endedOrUnknownTaskIsNotCancelled() {
    long good = held(PLAIN);
    long bad = held(PLAIN);
    succeed(good);
    fail(bad);
    effects.expect("1 SUCCEEDED", "2 FAILED");

    assertThat(kernel.cancel(good)).isFalse();
    assertThat(kernel.cancel(bad)).isFalse();
    assertThat(kernel.cancel(3)).isFalse();
    kernel.release(good);
    assertThat(kernel.cancel(good)).isFalse();
  }

  @Test
  void taskIsCancelledOnce() {
    long task = submit(PLAIN);

    assertThat(kernel.cancel(task)).isTrue();
    assertThat(kernel.cancel(task)).isFalse();
    effects.expect("1 CANCELLED");
    assertThat(kernel.readyCount(0)).isZero();
  }

  @Test
  void cancelledChildDoesNotDisturbItsParent() {
    long parent = held(PLAIN);
    long child = submit(PLAIN, parent);
    long sister = submit(PLAIN, parent);

    kernel.cancel(child);
    succeed(parent);
    effects.expect("2 CANCELLED", "1 SUCCEEDED");
    assertThat(takeAll()).containsExactly(sister);
  }

  @Test
  void cancelledChildIsNotFailedAgainByItsParent() {
    long parent = held(PLAIN);
    long child = submit(PLAIN, parent);

    kernel.cancel(child);
    fail(parent);
    effects.expect("2 CANCELLED", "1 FAILED");
  }
}
