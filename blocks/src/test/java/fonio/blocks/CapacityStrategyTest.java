package fonio.blocks;

import static fonio.blocks.Views.SECOND;
import static fonio.blocks.Views.busy;
import static fonio.blocks.Views.pending;
import static fonio.blocks.Views.running;
import static fonio.blocks.Views.seen;
import static fonio.blocks.Views.steady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks usually wait for 60 s, so that is the horizon. */
class CapacityStrategyTest {
  private static final Settings SETTINGS = Settings.PLAIN.strategy("capacity");
  private static final Strategy CAPACITY = Strategy.named("capacity");
  private static final long MILLI = 1_000_000;

  private static Decision decide(Settings settings, Demand demand, BlockView... blocks) {
    return CAPACITY.decide(steady(settings, demand, List.of(blocks)));
  }

  private static Demand tasks(long count) {
    return new Demand(count, 0);
  }

  @ParameterizedTest
  @CsvSource({
    // tasks, milliseconds each, parallelism, blocks more
    "100,    0,       1,   10", // length unknown: a slot each, up to the most
    "9,      0,       1,   3",
    "9,      0,       0.5, 2",
    "9,      0,       0,   1", // one block at a time
    "10000,  1,       1,   1", // ten seconds of work
    "10000,  100,     1,   5", // 1000 s of work: 17 slots
    "9,      3600000, 1,   3", // hours: a slot each, not more
    "0,      100,     1,   0",
  })
  void wantedIsWorkOverTheTimeThatABlockTakesToCome(
      int tasks, long millis, double parallelism, int more) {
    Decision decision =
        decide(SETTINGS.parallelism(parallelism), new Demand(tasks, millis * MILLI));
    assertThat(decision).isEqualTo(Decision.out(more));
  }

  @Test
  void managersThatToldOfMoreWorkersThanTheGuessAreBelieved() {
    Snapshot told64 =
        seen(
            SETTINGS.workers(1, 1),
            tasks(100),
            List.of(tasks(100)),
            List.of(running("0", 300, 64, 64, 0)),
            64,
            true);
    assertThat(CAPACITY.decide(told64)).isEqualTo(new Decision.ScaleOut(1));
  }

  @Test
  void whileWorkersAreAGuessNoMoreBlocksAreAskedForThanThereAre() {
    Settings guess = SETTINGS.workers(1, 1);
    assertThat(unreported(guess, List.of())).isEqualTo(new Decision.ScaleOut(1));
    assertThat(unreported(guess, List.of(pending("0", 5)))).isEqualTo(new Decision.ScaleOut(1));
    assertThat(unreported(guess, List.of(pending("0", 10), pending("1", 5), pending("2", 0))))
        .isEqualTo(new Decision.ScaleOut(3));
  }

  private static Decision unreported(Settings settings, List<BlockView> blocks) {
    return CAPACITY.decide(seen(settings, tasks(64), List.of(tasks(64)), blocks, 1, false));
  }

  @Test
  void chanceOfABlockThatWaitsLongerThanUsualFallsToAQuarterAndNoFurther() {
    long usual = 60 * SECOND;
    assertThat(CapacityStrategy.chance(pending("0", 0), usual)).isEqualTo(1);
    assertThat(CapacityStrategy.chance(pending("0", 60), usual)).isEqualTo(1);
    assertThat(CapacityStrategy.chance(pending("0", 120), usual)).isCloseTo(0.5, within(1e-9));
    assertThat(CapacityStrategy.chance(pending("0", 180), usual)).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(CapacityStrategy.chance(pending("0", 100_000), usual)).isEqualTo(0.25);
  }

  @Test
  void heldBlockCountsAQuarterFromTheStart() {
    BlockView held = new BlockView("0", BlockState.PENDING, true, 0, 0, 0, 0, 0);
    assertThat(CapacityStrategy.chance(held, SECOND)).isEqualTo(0.25);
    assertThat(decide(SETTINGS, tasks(4), held)).isEqualTo(new Decision.ScaleOut(1));
  }

  @Test
  void stuckQueueIsAskedForFourTimesOfWhatIsWantedAtMost() {
    BlockView[] stuck = {
      pending("0", 9000), pending("1", 9000), pending("2", 9000), pending("3", 9000)
    };
    assertThat(decide(SETTINGS, tasks(4), stuck)).isEqualTo(Decision.NOTHING);
    assertThat(decide(SETTINGS, tasks(4), stuck[0])).isEqualTo(new Decision.ScaleOut(1));
  }

  @Test
  void blockThatEndsSoonerThanATaskTakesOffersNothing() {
    Settings hour = SETTINGS.walltime(3600);
    Demand tenMinutesEach = new Demand(4, 600 * SECOND);
    assertThat(decide(hour, tenMinutesEach, running("0", 2900, 4, 4, 0)))
        .isEqualTo(Decision.NOTHING);
    assertThat(decide(hour, tenMinutesEach, running("0", 3100, 4, 4, 0)))
        .isEqualTo(new Decision.ScaleOut(1));
  }

  @Test
  void nodesThatHaveNotConnectedCountForTwoMinutes() {
    Settings twoNodes = SETTINGS.workers(2, 4);
    assertThat(decide(twoNodes, tasks(8), running("0", 119, 4, 4, 0))).isEqualTo(Decision.NOTHING);
    assertThat(decide(twoNodes, tasks(8), running("0", 121, 4, 4, 0)))
        .isEqualTo(new Decision.ScaleOut(1));
  }

  @Test
  void blocksGoWhenTheOthersWereEnoughForTheHighestDemandOfTheIdleTime() {
    List<BlockView> three =
        List.of(
            running("0", 900, 4, 2, 0), running("1", 900, 4, 0, 50), running("2", 900, 4, 0, 90));
    assertThat(CAPACITY.decide(steady(SETTINGS, tasks(2), three)))
        .isEqualTo(new Decision.Drain(List.of("2", "1")));
    assertThat(recently(three, 2, 8)).isEqualTo(new Decision.Drain(List.of("2")));
    assertThat(recently(three, 2, 9)).isEqualTo(Decision.NOTHING);
  }

  private static Decision recently(List<BlockView> blocks, long now, long peak) {
    return CAPACITY.decide(
        seen(SETTINGS, tasks(now), List.of(tasks(peak), tasks(now)), blocks, 4, true));
  }

  @Test
  void busyBlocksGoOneAtATimeTheEmptiestFirst() {
    assertThat(
            decide(
                SETTINGS,
                tasks(4),
                running("0", 900, 4, 2, 0),
                running("1", 900, 4, 1, 0),
                running("2", 900, 4, 1, 0)))
        .isEqualTo(new Decision.Drain(List.of("1")));
  }

  @Test
  void blocksThatWaitGoWhenThoseThatRunAreEnough() {
    assertThat(
            decide(
                SETTINGS, tasks(4), running("0", 900, 4, 4, 0), pending("1", 9), pending("2", 9)))
        .isEqualTo(new Decision.Drain(List.of("1", "2")));
  }

  @Test
  void leastBlocksStayAndSoDoesOneThatHasJustCome() {
    assertThat(CAPACITY.decide(steady(SETTINGS.blocks(2, 2, 10), Demand.NONE, busy(2))))
        .isEqualTo(Decision.NOTHING);
    assertThat(decide(SETTINGS, Demand.NONE, running("0", 30, 4, 0, 30)))
        .isEqualTo(Decision.NOTHING);
  }

  @Test
  void whatWentIsNotAskedForAgainWhileDemandStays() {
    for (int tasks = 0; tasks <= 40; tasks++) {
      for (int blocks = 1; blocks <= 10; blocks++) {
        List<BlockView> idle = new ArrayList<>(busy(blocks));
        idle.replaceAll(b -> running(b.id(), 900, 4, 0, 500));
        Decision in = CAPACITY.decide(steady(SETTINGS, tasks(tasks), idle));
        if (in instanceof Decision.Drain(List<String> leaving)) {
          idle.removeIf(b -> leaving.contains(b.id()));
          assertThat(CAPACITY.decide(steady(SETTINGS, tasks(tasks), idle)))
              .as("%s tasks, %s blocks", tasks, blocks)
              .isEqualTo(Decision.NOTHING);
        }
      }
    }
  }
}
