package fonio.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** What strategies do in the same simulated cluster. */
class SimulationTest {
  private static final int NEVER = Integer.MAX_VALUE;
  private static final int DAY_SECONDS = 86_400;
  private static final int LONGEST_SECONDS = 7_200;

  private static Settings settings(String strategy) {
    return Settings.PLAIN.strategy(strategy).errors("none");
  }

  private static Cluster burst(
      Settings settings, int workers, IntUnaryOperator wait, int tasks, int seconds) {
    Cluster cluster = new Cluster(settings, workers, wait);
    cluster.submitTasks(tasks, seconds);
    while (cluster.outstanding() > 0 && cluster.seconds() < LONGEST_SECONDS) {
      cluster.step();
    }
    return cluster;
  }

  @Test
  void wrongGuessOfWorkersMakesAutoScaleAskForABlockPerTask() {
    Cluster auto = wrongGuess("htex_auto_scale");
    Cluster capacity = wrongGuess("capacity");
    assertThat(auto.mostBlocks).isEqualTo(64);
    assertThat(capacity.mostBlocks).isLessThanOrEqualTo(8);
    assertThat(capacity.outstanding()).isZero();
    assertThat(capacity.seconds()).isLessThanOrEqualTo(auto.seconds() + 30);
  }

  private static Cluster wrongGuess(String strategy) {
    Settings settings = settings(strategy).blocks(0, 0, 64).workers(1, 1);
    return burst(settings, 16, block -> 20, 64, 60);
  }

  @Test
  void demandThatRisesAndFallsMakesAutoScaleSwing() {
    Cluster auto = waves("htex_auto_scale");
    Cluster capacity = waves("capacity");
    assertThat(auto.submits).isGreaterThan(50);
    assertThat(capacity.submits).isLessThanOrEqualTo(4);
    assertThat(capacity.blockSeconds).isLessThan(auto.blockSeconds / 2);
    assertThat(capacity.done).isGreaterThanOrEqualTo(auto.done);
  }

  /** 4 tasks at a time for a minute, then 12 for a minute, for an hour; nodes have 16 workers. */
  private static Cluster waves(String strategy) {
    Settings settings = settings(strategy).blocks(0, 0, 64).workers(1, 1).idle(20);
    Cluster cluster = new Cluster(settings, 16, block -> 5);
    while (cluster.seconds() < 3600) {
      int tasks = cluster.seconds() / 60 % 2 == 0 ? 4 : 12;
      cluster.submitTasks(Math.max(0, tasks - cluster.outstanding()), 10);
      cluster.step();
    }
    return cluster;
  }

  @Test
  void jobThatIsStuckInTheQueueIsCapacityForAutoScaleForEver() {
    Cluster auto = stuck("htex_auto_scale");
    Cluster capacity = stuck("capacity");
    assertThat(auto.done).isZero();
    assertThat(auto.submits).isEqualTo(1);
    assertThat(capacity.done).isEqualTo(4);
    assertThat(capacity.seconds()).isLessThan(600);
    assertThat(capacity.submits).isLessThanOrEqualTo(4);
  }

  private static Cluster stuck(String strategy) {
    return burst(settings(strategy), 4, block -> block == 0 ? NEVER : 20, 4, 60);
  }

  @Test
  void queueThatMovesForNobodyIsNotFlooded() {
    Cluster capacity = burst(settings("capacity").blocks(0, 0, 100), 4, block -> NEVER, 8, 60);
    assertThat(capacity.submits).isBetween(2, 9);
  }

  @Test
  void blockThatIsAboutToEndIsReplacedAheadOfItsEnd() {
    Cluster auto = shortBlocks("htex_auto_scale");
    Cluster capacity = shortBlocks("capacity");
    assertThat(capacity.done).isGreaterThan(auto.done * 11 / 10);
  }

  /** 4 tasks of 200 s at a time, in blocks of 600 s that wait for 150 s, for 4 hours. */
  private static Cluster shortBlocks(String strategy) {
    Cluster cluster = new Cluster(settings(strategy).walltime(600), 4, block -> 150);
    while (cluster.seconds() < 4 * 3600) {
      cluster.submitTasks(Math.max(0, 4 - cluster.outstanding()), 200);
      cluster.step();
    }
    return cluster;
  }

  @Test
  void steadyDemandKeepsTheSameBlocksForADay() {
    Cluster capacity = new Cluster(settings("capacity"), 4, block -> 30);
    while (capacity.seconds() < DAY_SECONDS) {
      capacity.submitTasks(Math.max(0, 20 - capacity.outstanding()), 45);
      capacity.step();
    }
    assertThat(capacity.submits).isLessThanOrEqualTo(6);
    assertThat(capacity.lost).isZero();
  }

  @Test
  void allBlocksGoWhenThereIsNothingMoreToDo() {
    Cluster capacity = burst(settings("capacity"), 4, block -> 30, 40, 60);
    int before = capacity.blockSeconds;
    for (int i = 0; i < 1000; i++) {
      capacity.step();
    }
    assertThat(capacity.blockSeconds - before).isLessThan(10 * 150);
    assertThat(capacity.lost).isZero();
  }
}
