package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class WindowsTest {
  private static final long TARGET_NANOS = 2_000_000;

  private static Map<String, String> changes(Windows windows, int workers, long meanNanos) {
    return windows.changes(workers, classId -> meanNanos);
  }

  @Test
  void firstWordIsHowManyWorkersThereAreAndOneTaskForEach() {
    Windows windows = new Windows(TARGET_NANOS, 3);
    windows.knows(1);
    assertThat(changes(windows, 4, -1)).isEqualTo(Map.of("workers", "4", "window", "7"));
    assertThat(changes(windows, 4, -1)).isEmpty();
  }

  @Test
  void moreTasksThatShareAnAcceleratorAreWantedThanThereAreWorkersForOthers() {
    Windows windows = new Windows(TARGET_NANOS, 0);
    windows.knows(1);
    windows.knows(2, 4);
    assertThat(changes(windows, 1, -1))
        .isEqualTo(Map.of("workers", "1", "window", "1", "window.2", "4"));
    assertThat(changes(windows, 1, 100_000_000)).isEqualTo(Map.of("window.1", "1"));
  }

  @Test
  void measuredClassGetsItsTargetInTasksForEachWorker() {
    Windows windows = new Windows(TARGET_NANOS, 3);
    windows.knows(5);
    changes(windows, 4, -1);
    assertThat(changes(windows, 4, 20_000)).isEqualTo(Map.of("window.5", "403"));
  }

  @Test
  void windowIsToldAgainOnlyWhenItHasChangedByMoreThanHalf() {
    Windows windows = new Windows(TARGET_NANOS, 0);
    windows.knows(5);
    changes(windows, 1, 20_000);
    assertThat(changes(windows, 1, 14_000)).isEmpty();
    assertThat(changes(windows, 1, 39_000)).isEmpty();
    assertThat(changes(windows, 1, 41_000)).isEqualTo(Map.of("window.5", "48"));
    assertThat(changes(windows, 1, 20_000)).isEqualTo(Map.of("window.5", "100"));
  }

  @Test
  void longTasksAreWantedOneForEachWorkerAndShortOnesAtMost2048() {
    Windows windows = new Windows(TARGET_NANOS, 0);
    windows.knows(1);
    assertThat(changes(windows, 2, 60_000_000)).containsEntry("window.1", "2");
    windows.knows(2);
    assertThat(changes(windows, 2, 10_000_000)).containsEntry("window.2", "4");
    windows.knows(3);
    assertThat(changes(windows, 2, 0)).containsEntry("window.3", "4096");
  }

  @Test
  void whoHasForgottenIsToldAllAgain() {
    Windows windows = new Windows(TARGET_NANOS, 0);
    windows.knows(5);
    changes(windows, 2, 20_000);
    windows.forget();
    assertThat(changes(windows, 2, 20_000))
        .isEqualTo(Map.of("workers", "2", "window", "2", "window.5", "200"));
  }

  /** What an interchange has noted is near what is right, also if it did not forget. */
  @RepeatedTest(10)
  void whatTheOtherSideHasNotedIsNeverFarFromRight(RepetitionInfo run) {
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(run.getCurrentRepetition());
    Windows windows = new Windows(TARGET_NANOS, random.nextInt(4));
    Map<String, String> noted = new HashMap<>();
    windows.knows(1);
    int workers = 1;
    for (int event = 0; event < 200; event++) {
      long mean = (long) Math.exp(random.nextDouble(0, 20));
      switch (random.nextInt(4)) {
        case 0 -> windows.forget();
        case 1 -> workers = random.nextInt(1, 20);
        default -> {}
      }
      noted.putAll(changes(windows, workers, mean));
      Windows fresh = new Windows(TARGET_NANOS, 0);
      fresh.knows(1);
      double right = Double.parseDouble(changes(fresh, workers, mean).get("window.1"));
      double has = Double.parseDouble(noted.get("window.1"));
      assertThat(noted).containsEntry("workers", "" + workers);
      assertThat(has).isBetween(right / 2 - 4, 2 * right + 4);
    }
  }
}
