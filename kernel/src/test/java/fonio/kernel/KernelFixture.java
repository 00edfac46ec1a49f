package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;

/**
 * What the tests of the kernel stand on: a kernel with recorded effects, in words that read well.
 */
abstract class KernelFixture {

  /** Ordinary tasks of lane 0. */
  static final int PLAIN = 1;

  /** Others of lane 0, tried again twice. */
  static final int RETRIED = 2;

  static final int URGENT = 3;
  static final int ASKING = 4;
  static final int PROMISE = 5;
  static final int NOT_RERUN = 6;
  static final int OTHER_LANE = 7;

  final RecordedEffects effects = new RecordedEffects();
  final Kernel kernel;

  KernelFixture() {
    this(0);
  }

  KernelFixture(int firstAttempt) {
    kernel = new Kernel(effects, firstAttempt);
    kernel.define(PLAIN, TaskClass.ofLane(0));
    kernel.define(RETRIED, new TaskClass(0, 2, 0, true, 3, false, false));
    kernel.define(URGENT, new TaskClass(0, 0, -5, true, 3, false, false));
    kernel.define(ASKING, new TaskClass(0, 0, 0, true, 3, true, false));
    kernel.define(PROMISE, TaskClass.ofPromises());
    kernel.define(NOT_RERUN, new TaskClass(0, 9, 0, false, 3, false, false));
    kernel.define(OTHER_LANE, TaskClass.ofLane(9));
  }

  @AfterEach
  void nothingElseWasToldAndTheKernelCloses() {
    effects.expect();
    kernel.close();
  }

  /** Submits the next task: its number. */
  long submit(int classId, long... parents) {
    return submitFlagged(classId, 0, parents);
  }

  long submitFlagged(int classId, int flags, long... parents) {
    long task = kernel.lastTask() + 1;
    kernel.submit(task, classId, parents, 0, parents.length, flags);
    return task;
  }

  long lookedUp(int classId, long... parents) {
    return submitFlagged(classId, Kernel.LOOK_UP, parents);
  }

  long[] take(int lane, int max) {
    var into = new long[max];
    return Arrays.copyOf(into, kernel.take(lane, max, into, 0));
  }

  /** Takes one by one until none is ready in lane 0. */
  long[] takeAll() {
    var all = new long[1000];
    int count = 0;
    while (kernel.isReady(0)) {
      count += kernel.take(0, all.length, all, count);
    }
    return Arrays.copyOf(all, count);
  }

  /** Submits and takes a task: it is held. */
  long held(int classId, long... parents) {
    long task = submit(classId, parents);
    assertThat(take(0, 1)).containsExactly(task);
    return task;
  }

  void succeed(long task) {
    assertThat(kernel.succeeded(task, kernel.attempt(task))).isTrue();
  }

  void fail(long task) {
    assertThat(kernel.failed(task, kernel.attempt(task))).isTrue();
  }

  void lose(long task) {
    assertThat(kernel.lost(task, kernel.attempt(task))).isTrue();
  }

  void giveBack(long task) {
    assertThat(kernel.returned(task, kernel.attempt(task))).isTrue();
  }

  void expectState(long task, TaskState state) {
    assertThat(kernel.state(task)).isEqualTo(state);
  }
}
