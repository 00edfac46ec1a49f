package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class ScaleTest {

  private static final int MANY = 2_000_000;

  private final CountedEffects effects = new CountedEffects();
  private final Kernel kernel = new Kernel(effects);
  private final long[] one = new long[1];

  ScaleTest() {
    kernel.define(1, TaskClass.ofLane(0));
  }

  @AfterEach
  void close() {
    kernel.close();
  }

  @Test
  void longChainRunsInOrder() {
    submitChain();

    for (long task = 1; task <= MANY; task++) {
      assertThat(kernel.take(0, 1, one, 0)).isEqualTo(1);
      if (one[0] != task) {
        assertThat(one[0]).isEqualTo(task);
      }
      kernel.succeeded(task, 0);
      kernel.release(task);
    }
    assertThat(effects.ended).isEqualTo(MANY);
    assertThat(kernel.census().pending()).isZero();
  }

  @Test
  void longChainFailsWithItsFirstTask() {
    submitChain();
    kernel.take(0, 1, one, 0);
    kernel.failed(1, 0);

    assertThat(effects.ended).isEqualTo(MANY);
    assertThat(effects.causedByFirst).isEqualTo(MANY);
    assertThat(kernel.census().ended(Ending.DEPENDENCY_FAILED)).isEqualTo(MANY - 1);
    assertThat(kernel.census().pending()).isZero();
  }

  @Test
  void longChainIsSentAheadTaskByTask() {
    submitChain();
    kernel.take(0, 1, one, 0);

    for (long task = 1; task < MANY; task++) {
      long follower = kernel.follower(task);
      if (follower != task + 1) {
        assertThat(follower).isEqualTo(task + 1);
      }
      kernel.succeeded(task, 0);
      kernel.release(task);
    }
    kernel.succeeded(MANY, 0);
    assertThat(effects.ended).isEqualTo(MANY);
  }

  @Test
  void wideFanOutAndFanInRun() {
    kernel.submit(1, 1, 1);
    one[0] = 1;
    var all = new long[MANY];
    for (int i = 0; i < MANY; i++) {
      kernel.submit(i + 2, 1, one, 0, 1, 0);
      all[i] = i + 2L;
    }
    long last = MANY + 2;
    kernel.submit(last, 1, all, 0, MANY, 0);

    var into = new long[1000];
    for (int count; (count = kernel.take(0, into.length, into, 0)) > 0; ) {
      for (int i = 0; i < count; i++) {
        kernel.succeeded(into[i], 0);
      }
    }
    assertThat(effects.ended).isEqualTo(last);
    assertThat(kernel.census().ended(Ending.SUCCEEDED)).isEqualTo(last);
  }

  @Test
  void cancelledFanInReleasesItsEdgesWithItsParents() {
    kernel.submit(1, MANY, 1);
    var all = new long[MANY];
    for (int i = 0; i < MANY; i++) {
      all[i] = i + 1L;
    }
    kernel.submit(MANY + 1, 1, all, 0, MANY, 0);
    long full = kernel.census().bytes();
    kernel.cancel(MANY + 1);
    kernel.release(MANY + 1);
    for (long task = 1; task <= MANY; task++) {
      kernel.take(0, 1, one, 0);
      kernel.succeeded(task, 0);
      kernel.release(task);
    }
    assertThat(effects.ended).isEqualTo(MANY + 1);
    assertThat(kernel.census().bytes()).isLessThan(full / 5);
  }

  private void submitChain() {
    kernel.submit(1, 1, 1);
    for (long task = 2; task <= MANY; task++) {
      one[0] = task - 1;
      kernel.submit(task, 1, one, 0, 1, 0);
    }
  }

  private static final class CountedEffects implements Effects {
    private long ended;
    private long causedByFirst;

    @Override
    public void ended(long task, Ending ending, long cause) {
      ended++;
      causedByFirst += cause == 1 ? 1 : 0;
    }

    @Override
    public void ask(long task) {
      throw new AssertionError("nothing asks here");
    }

    @Override
    public void lookUp(long task) {
      throw new AssertionError("nothing is looked up here");
    }
  }
}
