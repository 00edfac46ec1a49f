package fonio.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueuesTest extends KernelFixture {

  @Test
  void tasksAreTakenInTheOrderOfTheirSubmission() {
    kernel.submit(1, 10, PLAIN);

    assertThat(take(0, 4)).containsExactly(1, 2, 3, 4);
    kernel.submit(11, 2, PLAIN);
    assertThat(take(0, 99)).containsExactly(5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(take(0, 99)).isEmpty();
  }

  @Test
  void tasksOfABlockLargerThanAPageAreTakenInOrder() {
    kernel.submit(1, 10_000, PLAIN);

    var into = new long[10_000];
    assertThat(kernel.take(0, 10_000, into, 0)).isEqualTo(10_000);
    for (int i = 0; i < into.length; i++) {
      assertThat(into[i]).isEqualTo(i + 1);
    }
  }

  @Test
  void takenTasksAreWrittenFromThePlaceAskedFor() {
    kernel.submit(1, 2, PLAIN);

    var into = new long[] {-1, -1, -1, -1};
    assertThat(kernel.take(0, 2, into, 1)).isEqualTo(2);
    assertThat(into).containsExactly(-1, 1, 2, -1);
  }

  @Test
  void oneTakeGivesTasksOfOneClass() {
    submit(PLAIN);
    submit(PLAIN);
    submit(RETRIED);
    submit(PLAIN);

    assertThat(kernel.nextClass(0)).isEqualTo(PLAIN);
    assertThat(take(0, 9)).containsExactly(1, 2);
    assertThat(kernel.nextClass(0)).isEqualTo(RETRIED);
    assertThat(take(0, 9)).containsExactly(3);
    assertThat(take(0, 9)).containsExactly(4);
    assertThat(kernel.nextClass(0)).isEqualTo(-1);
  }

  @Test
  void lowerPriorityNumbersGoFirst() {
    submit(PLAIN);
    long urgent = submit(URGENT);
    kernel.define(20, new TaskClass(0, 0, -2, true, 3, false, false));
    kernel.define(21, new TaskClass(0, 0, 7, true, 3, false, false));
    long last = submit(21);
    long second = submit(20);

    assertThat(takeAll()).containsExactly(urgent, second, 1, last);
    long again = submit(21);
    assertThat(take(0, 1)).containsExactly(again);
    submit(21);
    long before = submit(URGENT);
    assertThat(take(0, 1)).containsExactly(before);
  }

  @Test
  void priorityThatIsNewTakesItsPlaceAmongFilledQueues() {
    kernel.define(20, new TaskClass(0, 0, 50, true, 3, false, false));
    long late = submit(20);
    assertThat(kernel.nextClass(0)).isEqualTo(20);
    kernel.define(21, new TaskClass(0, 0, -50, true, 3, false, false));
    kernel.define(22, new TaskClass(0, 0, 60, true, 3, false, false));
    long latest = submit(22);
    long first = submit(21);

    assertThat(takeAll()).containsExactly(first, late, latest);
  }

  @Test
  void lanesAreApart() {
    submit(PLAIN);
    long other = submit(OTHER_LANE);

    assertThat(kernel.readyCount(0)).isEqualTo(1);
    assertThat(kernel.readyCount(9)).isEqualTo(1);
    assertThat(take(9, 9)).containsExactly(other);
    assertThat(kernel.isReady(9)).isFalse();
    assertThat(kernel.isReady(0)).isTrue();
  }

  @Test
  void laneThatNobodyUsesIsEmpty() {
    for (int lane : new int[] {-1, 100, 255, 256}) {
      assertThat(kernel.isReady(lane)).isFalse();
      assertThat(kernel.readyCount(lane)).isZero();
      assertThat(kernel.nextClass(lane)).isEqualTo(-1);
      assertThat(kernel.take(lane, 1, new long[1], 0)).isZero();
    }
  }

  @Test
  void takingNoneTakesNone() {
    submit(PLAIN);

    assertThat(take(0, 0)).isEmpty();
    assertThat(kernel.take(0, -1, new long[0], 0)).isZero();
    assertThat(kernel.readyCount(0)).isEqualTo(1);
  }

  @Test
  void tasksThatComeBackYoungestFirstGoOutInTheirOldOrderBeforeAllOthers() {
    kernel.submit(1, 6, PLAIN);
    take(0, 3);

    giveBack(3);
    giveBack(2);
    giveBack(1);
    assertThat(take(0, 1)).containsExactly(1);
    giveBack(1);
    assertThat(takeAll()).containsExactly(1, 2, 3, 4, 5, 6);
    giveBack(5);
    assertThat(takeAll()).containsExactly(5);
  }

  @Test
  void returnedTaskIsTheQueueWhenThereIsNoOther() {
    long task = held(PLAIN);
    giveBack(task);
    long next = submit(PLAIN);

    assertThat(takeAll()).containsExactly(task, next);
  }

  @Test
  void cancelledTaskIsNotTaken() {
    kernel.submit(1, 3, PLAIN);

    assertThat(kernel.cancel(1)).isTrue();
    assertThat(kernel.cancel(3)).isTrue();
    effects.expect("1 CANCELLED", "3 CANCELLED");
    assertThat(kernel.readyCount(0)).isEqualTo(1);
    assertThat(takeAll()).containsExactly(2);
  }

  @Test
  void nextClassLooksBehindTheCancelled() {
    submit(PLAIN);
    submit(RETRIED);
    kernel.cancel(1);
    effects.expect("1 CANCELLED");

    assertThat(kernel.nextClass(0)).isEqualTo(RETRIED);
    assertThat(take(0, 9)).containsExactly(2);
  }

  @Test
  void laneWhoseTasksAreAllCancelledIsEmptyAndFillsAgain() {
    kernel.submit(1, 3, PLAIN);
    for (long task = 1; task <= 3; task++) {
      kernel.cancel(task);
    }
    effects.expect("1 CANCELLED", "2 CANCELLED", "3 CANCELLED");

    assertThat(kernel.isReady(0)).isFalse();
    assertThat(kernel.nextClass(0)).isEqualTo(-1);
    assertThat(takeAll()).isEmpty();
    submit(PLAIN);
    assertThat(takeAll()).containsExactly(4);
  }

  @Test
  void massCancellationKeepsTheOrderOfTheRest() {
    kernel.submit(1, 1000, PLAIN);
    take(0, 3);
    giveBack(1);
    giveBack(2);
    giveBack(3);
    for (long task = 1; task <= 1000; task++) {
      if (task % 10 != 2) {
        assertThat(kernel.cancel(task)).isTrue();
      }
    }

    assertThat(kernel.census().ended(Ending.CANCELLED)).isEqualTo(900);
    assertThat(kernel.readyCount(0)).isEqualTo(100);
    assertThat(take(0, 1)).containsExactly(2);
    giveBack(2);
    long[] rest = takeAll();
    assertThat(rest).hasSize(100);
    for (int i = 0; i < rest.length; i++) {
      assertThat(rest[i]).isEqualTo(10L * i + 2);
    }
    effects.expectEndings(900, Ending.CANCELLED);
  }

  @Test
  void returnedTasksStayInFrontThroughASweep() {
    kernel.submit(1, 300, PLAIN);
    take(0, 2);
    giveBack(1);
    giveBack(2);
    for (long task = 3; task <= 250; task++) {
      kernel.cancel(task);
    }
    kernel.cancel(2);
    take(0, 1);
    giveBack(1);
    assertThat(take(0, 2)).containsExactly(1, 251);
    giveBack(1);
    giveBack(251);
    assertThat(take(0, 3)).containsExactly(251, 1, 252);
    effects.expectEndings(249, Ending.CANCELLED);
  }
}
