package fonio.blocks;

import static fonio.blocks.Views.SECOND;
import static fonio.blocks.Views.busy;
import static fonio.blocks.Views.pending;
import static fonio.blocks.Views.running;
import static fonio.blocks.Views.steady;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsl's table of cases; a block has 4 slots. */
class SlotStrategyTest {
  private static final String SIMPLE = "simple";
  private static final String AUTO = "htex_auto_scale";

  private static Decision decide(Settings settings, long tasks, List<BlockView> blocks) {
    return Strategy.named(settings.strategy())
        .decide(steady(settings, new Demand(tasks, 0), blocks));
  }

  private static Settings settings(String strategy) {
    return Settings.PLAIN.strategy(strategy);
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case1aNothingToDoAndNoMoreBlocksThanTheLeast(String strategy) {
    Settings settings = settings(strategy).blocks(2, 2, 10);
    assertThat(decide(settings, 0, busy(2))).isEqualTo(Decision.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case1bIdleBlocksGoDownToTheLeastTheLongestIdleFirst(String strategy) {
    List<BlockView> blocks =
        List.of(
            running("0", 900, 4, 0, 200),
            running("1", 900, 4, 0, 300),
            running("2", 900, 4, 0, 1),
            pending("3", 5));
    assertThat(decide(settings(strategy).blocks(1, 1, 10), 0, blocks))
        .isEqualTo(new Decision.Drain(List.of("3", "1", "0")));
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case1bWaitsUntilNothingWasToDoForTheIdleTime(String strategy) {
    Snapshot seen = steady(settings(strategy), Demand.NONE, busy(2));
    assertThat(Strategy.named(strategy).decide(taskless(seen, 120))).isEqualTo(Decision.NOTHING);
    assertThat(Strategy.named(strategy).decide(taskless(seen, 121)))
        .isInstanceOf(Decision.Drain.class);
  }

  private static Snapshot taskless(Snapshot seen, long seconds) {
    return new Snapshot(
        seen.config(),
        seen.demand(),
        seen.recent(),
        seen.watchedNanos(),
        seconds * SECOND,
        seen.blocks(),
        seen.workersPerNode(),
        seen.reported(),
        seen.typicalWaitNanos());
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case2aNoMoreThanTheMost(String strategy) {
    Settings settings = settings(strategy).blocks(0, 0, 2);
    assertThat(decide(settings, 1000, busy(2))).isEqualTo(Decision.NOTHING);
  }

  @ParameterizedTest
  @CsvSource({
    // tasks, parallelism, blocks, more
    "1,    1,    0, 1",
    "4,    1,    0, 1",
    "5,    1,    0, 2",
    "9,    1,    1, 2",
    "8,    1,    1, 1",
    "40,   0.5,  1, 4",
    "41,   0.5,  1, 5",
    "9,    0.25, 0, 1",
    "1000, 1,    3, 7",
  })
  void case2bAsksForWhatTasksAreShortOf(int tasks, double parallelism, int blocks, int more) {
    for (String strategy : List.of(SIMPLE, AUTO)) {
      assertThat(decide(settings(strategy).parallelism(parallelism), tasks, busy(blocks)))
          .isEqualTo(new Decision.ScaleOut(more));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case2bCountsNodesTimesTheConfiguredGuessWhateverManagersTold(String strategy) {
    Settings settings = settings(strategy).workers(2, 1);
    List<BlockView> told64 = List.of(running("0", 900, 64, 10, 0));
    assertThat(decide(settings, 10, told64)).isEqualTo(new Decision.ScaleOut(4));
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case2bCountsBlocksThatWaitForHoursAsSlots(String strategy) {
    assertThat(decide(settings(strategy), 4, List.of(pending("0", 36_000))))
        .isEqualTo(Decision.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case4aParallelismOfZeroIsOneBlockAtATime(String strategy) {
    Settings settings = settings(strategy).parallelism(0);
    assertThat(decide(settings, 1000, List.of())).isEqualTo(new Decision.ScaleOut(1));
    assertThat(decide(settings, 1000, busy(1))).isEqualTo(Decision.NOTHING);
  }

  @Test
  void case4bOnlyAutoScaleScalesInWhileThereAreTasks() {
    List<BlockView> blocks =
        List.of(
            running("0", 900, 4, 1, 0),
            running("1", 900, 4, 0, 300),
            running("2", 900, 4, 0, 500),
            running("3", 900, 4, 0, 100));
    assertThat(decide(settings(SIMPLE), 1, blocks)).isEqualTo(Decision.NOTHING);
    assertThat(decide(settings(AUTO), 1, blocks)).isEqualTo(new Decision.Drain(List.of("2", "1")));
    assertThat(decide(settings(AUTO), 9, blocks)).isEqualTo(new Decision.Drain(List.of("2")));
    assertThat(decide(settings(AUTO).blocks(3, 3, 10), 1, blocks))
        .isEqualTo(new Decision.Drain(List.of("2")));
  }

  @ParameterizedTest
  @ValueSource(strings = {SIMPLE, AUTO})
  void case3AsManySlotsAsTasks(String strategy) {
    assertThat(decide(settings(strategy), 8, busy(2))).isEqualTo(Decision.NOTHING);
  }

  @Test
  void noneNeverDecidesAnything() {
    assertThat(decide(settings("none"), 1000, List.of())).isEqualTo(Decision.NOTHING);
    assertThat(decide(settings("none"), 0, busy(3))).isEqualTo(Decision.NOTHING);
  }
}
