package fonio.api;

import java.time.Duration;
import java.util.Map;

/**
 * How many blocks a provider gives, and of what: a block is one job.
 *
 * @param nodesPerBlock how many nodes a block has
 * @param initBlocks how many blocks are asked for at the start
 * @param minBlocks how many there always are. Too low: tasks wait for the first; too high: nodes
 *     are idle
 * @param maxBlocks how many there are at most. Too low: tasks wait; too high: nodes are paid for
 * @param parallelism how many workers a waiting task is worth: 1 one for each, 0 a block at a time
 * @param workerInit shell text that runs before workers start
 * @param cmdTimeout how long a command of the batch system may take
 * @param launcher what starts managers on its nodes
 */
public record Blocks(
    int nodesPerBlock,
    int initBlocks,
    int minBlocks,
    int maxBlocks,
    double parallelism,
    String workerInit,
    Duration cmdTimeout,
    LauncherConfig launcher) {

  public Blocks {
    Checks checks = Checks.of("the provider");
    checks.atLeast("nodesPerBlock", nodesPerBlock, 1);
    checks.atLeast("initBlocks", initBlocks, 0);
    checks.atLeast("minBlocks", minBlocks, 0);
    checks.atLeast("maxBlocks", maxBlocks, 1);
    checks.share("parallelism", parallelism);
    checks.text("workerInit", workerInit);
    checks.period("cmdTimeout", cmdTimeout);
    if (minBlocks > maxBlocks) {
      throw checks.bad("minBlocks", minBlocks, "it must not be above maxBlocks, " + maxBlocks);
    }
  }

  /** What all providers are told. */
  Map<String, String> keys() {
    return numbers()
        .put("cmd_timeout", cmdTimeout)
        .putPart("launcher", launcher.word(), launcher.keys())
        .made();
  }

  /** The same without what only jobs with commands and scripts have. */
  KeyMap numbers() {
    return new KeyMap()
        .put("nodes_per_block", nodesPerBlock)
        .put("init_blocks", initBlocks)
        .put("min_blocks", minBlocks)
        .put("max_blocks", maxBlocks)
        .put("parallelism", parallelism)
        .put("worker_init", workerInit);
  }
}
