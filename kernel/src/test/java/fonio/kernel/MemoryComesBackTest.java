package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Each test ends and releases all tasks of the first page in its own way; then that page is free.
 */
class MemoryComesBackTest {

  private static final int PLAIN = 1;
  private static final int PROMISE = 2;
  private static final long PAGE_BYTES = (long) Rows.PAGE_ROWS * Rows.ROW_BYTES;

  private final Kernel kernel = new Kernel(new IgnoredEffects());
  private final long[] one = new long[1];

  MemoryComesBackTest() {
    kernel.define(PLAIN, TaskClass.ofLane(0));
    kernel.define(PROMISE, TaskClass.ofPromises());
  }

  @Test
  void ofTasksThatRan() {
    kernel.submit(1, 10, PLAIN);
    for (long task = 1; task <= 10; task++) {
      kernel.take(0, 1, one, 0);
      kernel.succeeded(task, 0);
      kernel.release(task);
    }
    expectFirstPageFree();
  }

  @Test
  void ofTasksCancelledInTheQueueAndPassedByItsHead() {
    kernel.submit(1, 5, PLAIN);
    cancelAndRelease(1);
    cancelAndRelease(3);
    cancelAndRelease(4);
    for (long task : new long[] {2, 5}) {
      assertThat(kernel.take(0, 1, one, 0)).isEqualTo(1);
      assertThat(one[0]).isEqualTo(task);
      kernel.succeeded(task, 0);
      kernel.release(task);
    }
    expectFirstPageFree();
  }

  @Test
  void ofTasksCancelledInTheQueueAndSweptFromIt() {
    kernel.submit(1, 5, PLAIN);
    for (long task = 1; task <= 5; task++) {
      cancelAndRelease(task);
    }
    expectFirstPageFree();
  }

  @Test
  void ofTasksWhoseQueueIsSweptBecauseFewOfItLive() {
    int many = 20 * Rows.PAGE_ROWS;
    kernel.submit(1, many, PLAIN);
    kernel.submit(many + 1, 10, PLAIN);
    for (long task = 1; task <= many; task++) {
      cancelAndRelease(task);
    }
    assertThat(kernel.census().bytesInUse()).isLessThanOrEqualTo(3 * PAGE_BYTES);
    assertThat(kernel.readyCount(0)).isEqualTo(10);
    kernel.close();
  }

  @Test
  void ofTasksReleasedBeforeTheirParentsSucceeded() {
    releaseChildOfTwo();
    kernel.succeeded(1, 0);
    kernel.succeeded(2, 0);
    kernel.release(1);
    kernel.release(2);
    expectFirstPageFree();
  }

  @Test
  void ofTasksReleasedBeforeTheirParentsFailed() {
    releaseChildOfTwo();
    kernel.failed(1, 0);
    kernel.failed(2, 0);
    kernel.release(1);
    kernel.release(2);
    expectFirstPageFree();
  }

  @Test
  void ofTasksThatFailedWithTheirParents() {
    kernel.submit(1, 1, PLAIN);
    for (long task = 2; task <= 10; task++) {
      kernel.submit(task, PLAIN, new long[] {task - 1, 1}, 0, 2, 0);
    }
    kernel.take(0, 1, one, 0);
    kernel.failed(1, 0);
    for (long task = 1; task <= 10; task++) {
      kernel.release(task);
    }
    expectFirstPageFree();
  }

  private void releaseChildOfTwo() {
    kernel.submit(1, 2, PLAIN);
    kernel.take(0, 2, new long[2], 0);
    kernel.submit(3, PLAIN, new long[] {1, 2}, 0, 2, 0);
    cancelAndRelease(3);
  }

  private void cancelAndRelease(long task) {
    kernel.cancel(task);
    kernel.release(task);
  }

  private void expectFirstPageFree() {
    assertThat(kernel.census().bytesInUse()).as("before the page is full").isEqualTo(PAGE_BYTES);
    for (long task = kernel.lastTask() + 1; task < Rows.PAGE_ROWS; task++) {
      kernel.submit(task, 1, PROMISE);
      kernel.fulfil(task, Ending.CANCELLED);
      kernel.release(task);
    }
    assertThat(kernel.census().bytesInUse()).as("when it was full").isZero();
    kernel.submit(Rows.PAGE_ROWS, 1, PROMISE);
    assertThat(kernel.census().bytesInUse()).as("with the next page").isEqualTo(PAGE_BYTES);
    assertThat(kernel.knows(1)).isFalse();
    kernel.close();
    assertThat(kernel.census().bytes()).isZero();
  }

  private static final class IgnoredEffects implements Effects {
    @Override
    public void ended(long task, Ending ending, long cause) {}

    @Override
    public void ask(long task) {}

    @Override
    public void lookUp(long task) {}
  }
}
