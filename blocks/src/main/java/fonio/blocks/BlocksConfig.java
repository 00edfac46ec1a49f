package fonio.blocks;

import java.time.Duration;
import java.util.List;

/**
 * How many blocks an executor has, and who decides it.
 *
 * @param label name of the executor, for people
 * @param initBlocks blocks that are asked for at the start, however few tasks there are
 * @param minBlocks blocks that are always kept. Too many: an idle executor holds nodes
 * @param maxBlocks blocks that there may be at once, those that wait or drain included
 * @param parallelism slots that are wanted for each task, 0 to 1; 0 is one block at a time
 * @param nodesPerBlock nodes of a block, each with one manager
 * @param workersPerNodeGuess workers that a manager is believed to have before one has told
 * @param maxIdletime how long a block may be spare. Too short: blocks come and go; too long: idle
 *     blocks hold nodes
 * @param strategyPeriod time between two decisions
 * @param walltime after which the batch system ends a block, zero for never
 * @param strategy {@code none}, {@code simple}, {@code htex_auto_scale} or {@code capacity}
 * @param errorPolicy when blocks that die early end all tasks: {@code simple}, {@code windowed} or
 *     {@code none}
 */
public record BlocksConfig(
    String label,
    int initBlocks,
    int minBlocks,
    int maxBlocks,
    double parallelism,
    int nodesPerBlock,
    int workersPerNodeGuess,
    Duration maxIdletime,
    Duration strategyPeriod,
    Duration walltime,
    String strategy,
    String errorPolicy) {

  private static final int MOST = 1_000_000;

  public BlocksConfig {
    inRange(label, "max_blocks", maxBlocks, 1, MOST);
    inRange(label, "min_blocks", minBlocks, 0, maxBlocks);
    inRange(label, "init_blocks", initBlocks, 0, maxBlocks);
    inRange(label, "nodes_per_block", nodesPerBlock, 1, MOST);
    inRange(label, "max_workers_per_node", workersPerNodeGuess, 1, MOST);
    if (!(parallelism >= 0 && parallelism <= 1)) {
      throw wrong(label, "parallelism", parallelism, "is not in 0 to 1");
    }
    if (maxIdletime.isNegative()) {
      throw wrong(label, "max_idletime", maxIdletime, "is negative; 0 or more is allowed");
    }
    if (!strategyPeriod.isPositive()) {
      throw wrong(label, "strategy_period", strategyPeriod, "is not more than 0");
    }
    if (walltime.isNegative()) {
      throw wrong(label, "walltime", walltime, "is negative; 0 (none) or more is allowed");
    }
    oneOf(label, "strategy", strategy, Strategy.NAMES);
    oneOf(label, "block_error_handler", errorPolicy, BlockErrors.NAMES);
  }

  private static void inRange(String label, String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw wrong(label, key, value, "is not in " + least + " to " + most);
    }
  }

  private static void oneOf(String label, String key, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw wrong(label, key, value, "is none of " + String.join(", ", allowed));
    }
  }

  private static IllegalArgumentException wrong(
      String label, String key, Object value, String why) {
    return new IllegalArgumentException("executor " + label + ": " + key + "=" + value + " " + why);
  }
}
