package fonio.blocks;

import java.util.List;

/** When a strategy is asked, and what it is shown. */
final class Scaling {
  private final BlocksConfig config;
  private final Strategy strategy;
  private final QueueWaits waits = new QueueWaits();
  private final DemandWindow window;
  private final long periodNanos;
  private long decidedAtNanos;
  private int workersPerNode;
  private boolean reported;

  Scaling(BlocksConfig config, long nowNanos) {
    this.config = config;
    this.strategy = Strategy.named(config.strategy());
    this.window = new DemandWindow(config.maxIdletime().toNanos(), nowNanos);
    this.periodNanos = config.strategyPeriod().toNanos();
    this.decidedAtNanos = nowNanos;
    this.workersPerNode = config.workersPerNodeGuess();
  }

  /** A block waited so long for its nodes. */
  void waited(long nanos) {
    waits.add(nanos);
  }

  /**
   * A manager told how many workers it has: the mean of those connected takes the guess's place.
   */
  void reported(List<Block> blocks) {
    int managers = blocks.stream().mapToInt(block -> block.managers.size()).sum();
    int workers = blocks.stream().mapToInt(Block::workers).sum();
    workersPerNode = Math.max(1, Math.round((float) workers / Math.max(1, managers)));
    reported = true;
  }

  /** What to do, once a period; at once when tasks came and there is no block for them. */
  Decision decide(List<Block> wanted, Demand demand, long nowNanos) {
    window.look(demand, nowNanos);
    boolean stranded = wanted.isEmpty() && demand.outstandingTasks() > 0;
    if (!stranded && dueNanos(nowNanos) > 0) {
      return Decision.NOTHING;
    }
    decidedAtNanos = nowNanos;
    window.add(demand, nowNanos);
    return strategy.decide(
        new Snapshot(
            config,
            demand,
            window.recent(),
            window.watchedNanos(nowNanos),
            window.tasklessNanos(nowNanos),
            wanted.stream().map(block -> block.view(nowNanos)).toList(),
            workersPerNode,
            reported,
            waits.typicalNanos()));
  }

  /** How long until the strategy is to be asked. */
  long dueNanos(long nowNanos) {
    return Math.max(0, periodNanos - (nowNanos - decidedAtNanos));
  }
}
