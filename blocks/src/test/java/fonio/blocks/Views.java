package fonio.blocks;

import java.util.List;
import java.util.stream.IntStream;

/** Blocks and snapshots for tests of strategies; times in seconds. */
final class Views {
  private Views() {}

  static final long SECOND = 1_000_000_000L;

  static BlockView pending(String id, long waitedSeconds) {
    return new BlockView(id, BlockState.PENDING, false, waitedSeconds * SECOND, 0, 0, 0, 0);
  }

  static BlockView running(String id, long ranSeconds, int workers, long tasks, long idleSeconds) {
    return new BlockView(
        id,
        BlockState.RUNNING,
        false,
        ranSeconds * SECOND,
        1,
        workers,
        tasks,
        idleSeconds * SECOND);
  }

  /** So many busy blocks of 4 workers that have run for an hour. */
  static List<BlockView> busy(int blocks) {
    return IntStream.range(0, blocks)
        .mapToObj(i -> running(Integer.toString(i), 3600, 4, 4, 0))
        .toList();
  }

  /** Demand that has been the same for an hour. */
  static Snapshot steady(Settings settings, Demand demand, List<BlockView> blocks) {
    return seen(settings, demand, List.of(demand), blocks, 4, true);
  }

  static Snapshot seen(
      Settings settings,
      Demand demand,
      List<Demand> recent,
      List<BlockView> blocks,
      int workersPerNode,
      boolean reported) {
    long taskless = demand.outstandingTasks() == 0 ? 3600 * SECOND : 0;
    return new Snapshot(
        settings.config(),
        demand,
        recent,
        3600 * SECOND,
        taskless,
        blocks,
        workersPerNode,
        reported,
        60 * SECOND);
  }
}
