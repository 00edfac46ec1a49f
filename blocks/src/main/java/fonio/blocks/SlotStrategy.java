package fonio.blocks;

import static java.util.Comparator.comparingLong;

import java.util.List;

/**
 * Parsl's strategies {@code simple} and {@code htex_auto_scale}, case by case.
 *
 * <p>They count slots: blocks that wait or run, times nodes, times the configured guess of workers.
 * So a block that waits looks like capacity, a wrong guess is never corrected, and a task of a
 * millisecond asks for a slot as one of an hour does. Those who came to rely on it find it here;
 * {@link CapacityStrategy} does better.
 */
final class SlotStrategy implements Strategy {
  private final boolean scalesInWhileBusy;

  SlotStrategy(boolean scalesInWhileBusy) {
    this.scalesInWhileBusy = scalesInWhileBusy;
  }

  @Override
  public Decision decide(Snapshot seen) {
    BlocksConfig config = seen.config();
    int blocks = seen.blocks().size();
    long slotsPerBlock = (long) config.workersPerNodeGuess() * config.nodesPerBlock();
    long slots = blocks * slotsPerBlock;
    long tasks = seen.demand().outstandingTasks();
    if (tasks == 0) {
      boolean idle = seen.tasklessNanos() > config.maxIdletime().toNanos();
      return idle ? fewer(seen, blocks - config.minBlocks(), 0) : Decision.NOTHING;
    }
    if ((double) slots / tasks < config.parallelism()) {
      double missing = Math.ceil(tasks * config.parallelism() - slots);
      double more = Math.ceil(missing / slotsPerBlock);
      return Decision.out((int) Math.min(more, config.maxBlocks() - blocks));
    }
    if (slots == 0) {
      return Decision.out(1);
    }
    if (slots > tasks && scalesInWhileBusy) {
      double spare = Math.floor(slots - tasks * config.parallelism());
      long fewer = (long) Math.floor(spare / slotsPerBlock);
      return fewer(
          seen, Math.min(fewer, blocks - config.minBlocks()), config.maxIdletime().toNanos());
    }
    return Decision.NOTHING;
  }

  /** The longest idle go first; one that no manager has connected of counts as idle for ever. */
  private static Decision fewer(Snapshot seen, long blocks, long idleNanos) {
    List<String> leaving =
        seen.blocks().stream()
            .filter(block -> idleNanos == 0 || idleNanos(block) > idleNanos)
            .sorted(comparingLong(SlotStrategy::idleNanos).reversed())
            .limit(Math.max(0, blocks))
            .map(BlockView::id)
            .toList();
    return Decision.in(leaving);
  }

  private static long idleNanos(BlockView block) {
    return block.isConnected() ? block.idleNanos() : Long.MAX_VALUE;
  }
}
