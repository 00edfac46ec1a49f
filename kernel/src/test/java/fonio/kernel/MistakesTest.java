package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MistakesTest extends KernelFixture {

  @Test
  void taskThatIsNotTheNextOneIsRefused() {
    submit(PLAIN);

    refused(() -> kernel.submit(3, 1, PLAIN), "task 3", "the next is 2");
    refused(() -> kernel.submit(1, 1, PLAIN), "task 1", "the next is 2");
    refused(() -> kernel.submit(5, PLAIN, new long[0], 0, 0, 0), "task 5", "the next is 2");
  }

  @Test
  void undefinedClassIsRefused() {
    for (int classId : new int[] {-1, 0, 15, 16, 70_000}) {
      refused(() -> kernel.submit(1, 1, classId), "class " + classId + " is not defined");
      refused(
          () -> kernel.submit(1, classId, new long[0], 0, 0, 0),
          "class " + classId + " is not defined");
    }
    assertThat(kernel.lastTask()).isZero();
  }

  @Test
  void classIsDefinedOnceOrAlike() {
    kernel.define(PLAIN, TaskClass.ofLane(0));

    refused(() -> kernel.define(PLAIN, TaskClass.ofLane(1)), "class 1 is TaskClass[lane=0");
    refused(() -> kernel.define(-1, TaskClass.ofLane(1)), "class -1");
    refused(() -> kernel.define(65_536, TaskClass.ofLane(1)), "class 65536");
  }

  @Test
  void highestClassIsUsable() {
    kernel.define(65_535, TaskClass.ofLane(255));
    long task = submit(65_535);

    assertThat(kernel.classOf(task)).isEqualTo(65_535);
    assertThat(take(255, 1)).containsExactly(task);
  }

  @Test
  void optionsOutOfRangeAreRefused() {
    refused(() -> TaskClass.ofLane(256), "lane is 256", "between 0 and 255");
    refused(() -> TaskClass.ofLane(-1), "lane is -1");
    refused(() -> new TaskClass(0, -1, 0, true, 3, false, false), "retries is -1");
    refused(() -> new TaskClass(0, 65_536, 0, true, 3, false, false), "retries is 65536");
    refused(() -> new TaskClass(0, 0, 0, true, 0, false, false), "maxKills is 0");
    refused(() -> new TaskClass(0, 0, 0, true, 128, false, false), "maxKills is 128");
    assertThat(new TaskClass(255, 65_535, 0, true, 127, false, false).maxKills()).isEqualTo(127);
    assertThat(new TaskClass(0, 0, 0, true, 1, false, false).retries()).isZero();
  }

  @Test
  void unknownFlagsAndNegativeCountsAreRefused() {
    refused(() -> submitFlagged(PLAIN, 2), "flags are 2 for task 1");
    refused(() -> kernel.submit(1, -1, PLAIN), "count is -1");
    kernel.submit(1, 0, PLAIN);
    assertThat(kernel.lastTask()).isZero();
  }

  @Test
  void parentThatIsTheTaskItselfIsRefused() {
    refused(() -> submit(PLAIN, 1), "task 1 depends on task 1");
    refused(() -> submit(PLAIN, 0), "task 1 depends on task 0");
    assertThat(kernel.lastTask()).isZero();
  }

  @Test
  void fulfillingAnOrdinaryTaskIsRefused() {
    long task = submit(PLAIN);
    refused(() -> kernel.fulfil(task, Ending.SUCCEEDED), "task 1 is no promise but of class 1");
  }

  @Test
  void eventFromInsideAnEffectIsRefused() {
    var inner = new Kernel[1];
    var told = new int[1];
    var calling =
        new Effects() {
          @Override
          public void ended(long task, Ending ending, long cause) {
            refusedFrom(inner[0]);
          }

          @Override
          public void ask(long task) {
            refusedFrom(inner[0]);
          }

          @Override
          public void lookUp(long task) {
            refusedFrom(inner[0]);
          }

          private void refusedFrom(Kernel from) {
            told[0]++;
            assertThat(from.state(1)).isNotEqualTo(TaskState.UNKNOWN);
            for (Runnable event : events(from)) {
              assertThatThrownBy(event::run)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("from inside an effect");
            }
          }
        };
    try (var other = new Kernel(calling)) {
      inner[0] = other;
      other.define(1, new TaskClass(0, 0, 0, true, 3, true, false));
      other.submit(1, 1, new long[0], 0, 0, Kernel.LOOK_UP);
      other.notFound(1);
      other.take(0, 1, new long[1], 0);
      other.failed(1, 0);
      other.retry(1, false);
    }
    assertThat(told[0]).isEqualTo(3);
  }

  private static Runnable[] events(Kernel kernel) {
    return new Runnable[] {
      () -> kernel.define(1, TaskClass.ofLane(0)),
      () -> kernel.submit(2, 1, 1),
      () -> kernel.submit(2, 1, new long[0], 0, 0, 0),
      () -> kernel.take(0, 1, new long[1], 0),
      () -> kernel.follower(1),
      () -> kernel.succeeded(1, 0),
      () -> kernel.cancel(1),
      () -> kernel.retry(1, true),
      () -> kernel.fulfil(1, Ending.FAILED),
      () -> kernel.release(1)
    };
  }

  @Test
  void effectThatThrowsDoesNotLockTheKernel() {
    var throwing =
        new Effects() {
          @Override
          public void ended(long task, Ending ending, long cause) {
            throw new UnsupportedOperationException("ended");
          }

          @Override
          public void ask(long task) {
            throw new UnsupportedOperationException("ask");
          }

          @Override
          public void lookUp(long task) {
            throw new UnsupportedOperationException("lookUp");
          }
        };
    try (var other = new Kernel(throwing)) {
      other.define(1, new TaskClass(0, 0, 0, true, 3, true, false));
      assertThatThrownBy(() -> other.submit(1, 1, new long[0], 0, 0, Kernel.LOOK_UP))
          .hasMessage("lookUp");
      other.notFound(1);
      other.take(0, 1, new long[1], 0);
      assertThatThrownBy(() -> other.failed(1, 0)).hasMessage("ask");
      assertThatThrownBy(() -> other.retry(1, false)).hasMessage("ended");
      other.release(1);
      assertThat(other.knows(1)).isFalse();
    }
  }

  private static void refused(Runnable event, String... words) {
    assertThatThrownBy(event::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }
}
