package fonio.blocks;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.List;

/** The strategy that weighs outstanding work against what managers really have. */
final class CapacityStrategy implements Strategy {
  /*
   * Wanted. Each task wants `parallelism` slots. When the mean task length is known, work is what counts: tasks x length, spread
   * over a horizon, which is how long a new block takes to come (bounded). What the present slots do before a new block is there
   * needs no new block; so ten thousand tasks of a millisecond want one slot, and tasks longer than the horizon one each.
   *
   * Offered. A running block offers the workers that its managers reported, and for its first two minutes what nodes that have not
   * connected yet are expected to bring. One that ends sooner than a mean task takes offers nothing. A waiting block counts with the
   * chance that it comes in time: 1 while it has waited no longer than blocks of this run usually do; then usual / (usual +
   * overdue), as who has waited long without an end is likely to wait as long again; never less than a quarter, so that a stuck
   * queue is asked for at most four times of what is wanted. A held block counts a quarter. The sum of chances is rounded.
   *
   * Out. Before any manager reported, the workers of a node are a guess: no more blocks are asked for than there are, at least one.
   *
   * In. A block goes only if the others offer enough for the highest demand of the last max_idletime. As that is no less than
   * the present one, what went is not asked for again while demand stays, and the strategy does not swing. Idle blocks go together,
   * busy ones one at a time, the emptiest first; they drain. Waiting blocks go if those that run offer enough without them.
   */
  private static final long CONNECTING_NANOS = 120_000_000_000L;
  private static final long LONGEST_HORIZON_NANOS = 600_000_000_000L;
  private static final double LEAST_CHANCE = 0.25;

  @Override
  public Decision decide(Snapshot seen) {
    long slotsPerBlock = (long) seen.workersPerNode() * seen.config().nodesPerBlock();
    long wanted = wanted(seen, seen.demand());
    long missing = wanted - offered(seen);
    if (missing > 0) {
      long more = Math.ceilDiv(missing, slotsPerBlock) - Math.round(expected(seen));
      if (!seen.reported()) {
        more = Math.min(more, Math.max(1, seen.blocks().size()));
      }
      more = Math.min(more, seen.config().maxBlocks() - seen.blocks().size());
      return Decision.out((int) Math.max(0, more));
    }
    boolean watched = seen.watchedNanos() >= seen.config().maxIdletime().toNanos();
    return watched ? Decision.in(spare(seen)) : Decision.NOTHING;
  }

  private static long wanted(Snapshot seen, Demand demand) {
    if (demand.outstandingTasks() == 0) {
      return 0;
    }
    double tasks = demand.outstandingTasks();
    if (demand.meanTaskNanos() > 0) {
      tasks = Math.min(tasks, tasks * demand.meanTaskNanos() / horizonNanos(seen));
    }
    return Math.max(1, (long) Math.ceil(tasks * seen.config().parallelism()));
  }

  private static long horizonNanos(Snapshot seen) {
    long least = 2 * seen.config().strategyPeriod().toNanos();
    return Math.max(least, Math.min(seen.typicalWaitNanos(), LONGEST_HORIZON_NANOS));
  }

  /** Slots of the blocks that run. */
  private static long offered(Snapshot seen) {
    return seen.blocks().stream().mapToLong(block -> offer(seen, block)).sum();
  }

  private static long offer(Snapshot seen, BlockView block) {
    if (block.isWaiting() || endsTooSoon(seen, block)) {
      return 0;
    }
    boolean connecting = block.stateNanos() < CONNECTING_NANOS;
    int coming = connecting ? Math.max(0, seen.config().nodesPerBlock() - block.managers()) : 0;
    return block.workers() + (long) coming * seen.workersPerNode();
  }

  private static boolean endsTooSoon(Snapshot seen, BlockView block) {
    long walltime = seen.config().walltime().toNanos();
    return walltime > 0 && walltime - block.stateNanos() < seen.demand().meanTaskNanos();
  }

  /** How many of the waiting blocks come in time, so far as their waits tell. */
  private static double expected(Snapshot seen) {
    return seen.blocks().stream()
        .filter(BlockView::isWaiting)
        .mapToDouble(block -> chance(block, seen.typicalWaitNanos()))
        .sum();
  }

  static double chance(BlockView block, long typicalWaitNanos) {
    double overdue = Math.max(0, block.stateNanos() - typicalWaitNanos);
    double chance = typicalWaitNanos / (typicalWaitNanos + overdue);
    return block.held() ? LEAST_CHANCE : Math.max(LEAST_CHANCE, chance);
  }

  private static List<String> spare(Snapshot seen) {
    long peak = seen.recent().stream().mapToLong(demand -> wanted(seen, demand)).max().orElse(0);
    long left = offered(seen) - peak;
    int mayGo = seen.blocks().size() - seen.config().minBlocks();
    long maxIdleNanos = seen.config().maxIdletime().toNanos();
    List<String> leaving = new ArrayList<>();
    List<BlockView> emptiestFirst =
        seen.blocks().stream()
            .sorted(
                comparing(BlockView::isWaiting, (a, b) -> Boolean.compare(b, a))
                    .thenComparingLong(BlockView::tasks)
                    .thenComparing(comparingLong(BlockView::idleNanos).reversed()))
            .toList();
    for (BlockView block : emptiestFirst) {
      long offer = offer(seen, block);
      boolean settled = block.isWaiting() || block.stateNanos() >= maxIdleNanos;
      if (leaving.size() >= mayGo || left - offer < 0 || !settled) {
        continue;
      }
      boolean idle = block.tasks() == 0;
      if (idle || leaving.isEmpty()) {
        leaving.add(block.id());
        left -= offer;
      }
    }
    return leaving;
  }
}
