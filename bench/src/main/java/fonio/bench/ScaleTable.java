package fonio.bench;

import java.util.Locale;

/**
 * What clusters of some sizes ask of one interchange, simulated with measured costs.
 *
 * <p>{@code --frame-ns N --task-ps N --byte-ps N --beat-ns N [--seconds N] [--seed N]} prints a
 * table in Markdown.
 */
public final class ScaleTable {
  private static final int WORKERS = 100;
  private static final int TASK_BYTES = 1_024;
  private static final int[] NODES = {10, 1_000, 100_000};
  private static final int[] TASK_SECONDS = {1, 10, 100};
  private static final double REPORT_SECONDS = 0.05;
  private static final double GATHER_SECONDS = 0.01;
  private static final double BEAT_SECONDS = 5;
  private static final double CABLE_BYTES_PER_SECOND = 1.25e9;

  private ScaleTable() {}

  /** Prints a line for each size, length of tasks, and number of relays. */
  public static void main(String[] args) {
    Words words = Words.of(args);
    Costs costs =
        new Costs(
            words.number("--frame-ns", 20_000) * 1e-9,
            words.number("--task-ps", 100_000) * 1e-12,
            words.number("--byte-ps", 200) * 1e-12,
            words.number("--beat-ns", 20_000) * 1e-9);
    System.out.println(
        "| nodes | task, s | relays | tasks/s | asked | frames/s | MB/s | workers | interchange | relay | cable |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (int nodes : NODES) {
      for (int task : TASK_SECONDS) {
        for (int relays :
            nodes < 1_000
                ? new int[] {0}
                : nodes == 1_000 ? new int[] {0, 10} : new int[] {0, nodes / 1_000, nodes / 100}) {
          line(
              plan(nodes, task, relays, costs),
              words.number("--seconds", 4),
              words.number("--seed", 1));
        }
      }
    }
  }

  private static StarSimulation.Plan plan(int nodes, int task, int relays, Costs costs) {
    return new StarSimulation.Plan(
        nodes,
        WORKERS,
        task,
        TASK_BYTES,
        relays,
        REPORT_SECONDS,
        GATHER_SECONDS,
        BEAT_SECONDS,
        CABLE_BYTES_PER_SECOND,
        costs);
  }

  private static void line(StarSimulation.Plan plan, int seconds, int seed) {
    double asked = (double) plan.nodes() * plan.workers() / plan.taskSeconds();
    StarSimulation.Outcome outcome = StarSimulation.run(plan, seconds, seed);
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %s | %,.0f | %,.0f | %,.0f | %,.1f | %.0f %% | %.1f %% | %s | %.1f %% |%n",
        plan.nodes(),
        Math.round(plan.taskSeconds()),
        plan.relays() == 0 ? "none" : plan.relays(),
        outcome.tasksPerSecond(),
        asked,
        outcome.framesPerSecond(),
        outcome.bytesPerSecond() / 1e6,
        100 * outcome.workersBusy(),
        100 * outcome.interchangeBusy(),
        plan.relays() == 0 ? "-" : "%.1f %%".formatted(100 * outcome.relayBusy()),
        100 * outcome.cableBusy());
  }
}
