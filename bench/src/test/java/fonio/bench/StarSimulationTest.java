package fonio.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StarSimulationTest {
  private static final Costs COSTS = new Costs(20e-6, 100e-9, 0.2e-9, 20e-6);

  private static StarSimulation.Plan plan(int nodes, double taskSeconds, int relays, int bytes) {
    return new StarSimulation.Plan(
        nodes, 10, taskSeconds, bytes, relays, 0.05, 0.01, 5, 1.25e9, COSTS);
  }

  @Test
  void anInterchangeThatHasLittleToDoKeepsAllWorkersBusy() {
    StarSimulation.Outcome outcome = StarSimulation.run(plan(10, 0.1, 0, 64), 5, 1);
    assertThat(outcome.workersBusy()).isCloseTo(1, within(0.01));
    assertThat(outcome.tasksPerSecond()).isCloseTo(1_000, within(10.0));
    assertThat(outcome.interchangeBusy()).isLessThan(0.05);
  }

  @Test
  void aFullInterchangeRunsAsManyTasksAsItsThreadHasTimeFor() {
    StarSimulation.Outcome outcome = StarSimulation.run(plan(8_000, 0.01, 0, 64), 5, 1);
    assertThat(outcome.interchangeBusy()).isGreaterThan(0.95);
    double spent =
        outcome.framesPerSecond() * COSTS.frame()
            + outcome.tasksPerSecond() * (COSTS.of(1, 64) - COSTS.frame());
    assertThat(spent).isCloseTo(1, within(0.05));
    assertThat(outcome.workersBusy()).isLessThan(0.95);
  }

  @Test
  void relaysMergeFramesSoThatTheSameTasksCostTheInterchangeLess() {
    StarSimulation.Outcome flat = StarSimulation.run(plan(1_000, 1, 0, 64), 5, 1);
    StarSimulation.Outcome tree = StarSimulation.run(plan(1_000, 1, 10, 64), 5, 1);
    assertThat(tree.tasksPerSecond()).isCloseTo(flat.tasksPerSecond(), within(100.0));
    assertThat(tree.framesPerSecond()).isLessThan(flat.framesPerSecond() / 4);
    assertThat(tree.interchangeBusy()).isLessThan(flat.interchangeBusy() / 2);
    assertThat(tree.relayBusy()).isPositive();
  }

  @Test
  void relaysDoNotMakeTheCableWider() {
    StarSimulation.Outcome flat = StarSimulation.run(plan(1_000, 0.1, 0, 100_000), 5, 1);
    StarSimulation.Outcome tree = StarSimulation.run(plan(1_000, 0.1, 10, 100_000), 5, 1);
    assertThat(flat.cableBusy()).isGreaterThan(0.9);
    assertThat(tree.tasksPerSecond()).isLessThan(1.1 * flat.tasksPerSecond());
  }

  @Test
  void nodesThatHaveNothingToReportCostTheirBeats() {
    StarSimulation.Outcome outcome = StarSimulation.run(plan(1_000, 1e6, 0, 64), 20, 1);
    assertThat(outcome.framesPerSecond()).isZero();
    assertThat(outcome.interchangeBusy()).isCloseTo(1_000 * 20e-6 / 5, within(0.001));
  }

  @Test
  void equalSeedsGiveEqualOutcomes() {
    StarSimulation.Plan plan = plan(50, 0.3, 5, 64);
    assertThat(StarSimulation.run(plan, 3, 9)).isEqualTo(StarSimulation.run(plan, 3, 9));
    assertThat(StarSimulation.run(plan, 3, 9)).isNotEqualTo(StarSimulation.run(plan, 3, 8));
  }
}
