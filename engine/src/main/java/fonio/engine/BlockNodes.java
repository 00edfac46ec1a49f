package fonio.engine;

import fonio.blocks.Blocks;
import fonio.blocks.BlocksConfig;
import fonio.blocks.BlocksListener;
import fonio.blocks.Demand;
import fonio.blocks.Jobs;
import fonio.executors.HtexLane;
import fonio.executors.Nodes;
import fonio.interchange.ManagerInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The nodes of an executor: blocks that its provider gives, as many as its strategy asks for. */
final class BlockNodes implements Nodes {
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final HtexLane lane;
  private final ProviderJobs jobs;
  private final Blocks blocks;
  private final Consumer<String> log;
  private @Nullable String failure;

  BlockNodes(
      HtexPlan plan,
      ManagerCommand command,
      HtexLane lane,
      LongSupplier nanoClock,
      Runnable wakeup) {
    this.lane = lane;
    this.log = plan.log();
    this.jobs = ProviderJobs.open(plan, command);
    Jobs kept =
        KeptJobs.of(plan.run(), plan.label(), plan.executor().text("provider", "local"), jobs);
    this.blocks = new Blocks(config(plan), kept, new Told(), nanoClock, wakeup);
  }

  private static BlocksConfig config(HtexPlan plan) {
    ExecutorKeys executor = plan.executor();
    Scaling scaling = plan.scaling();
    return new BlocksConfig(
        executor.label(),
        (int) executor.number("provider.init_blocks", 1),
        (int) executor.number("provider.min_blocks", 0),
        (int) executor.number("provider.max_blocks", 1),
        executor.decimal("provider.parallelism", 1),
        (int) executor.number("provider.nodes_per_block", 1),
        guess(executor),
        scaling.maxIdletime(),
        scaling.period(),
        executor.walltime(),
        scaling.strategy(),
        executor.text("block_error_handler", "simple"));
  }

  /** The workers of a node before one has told: as the executor or the provider says. */
  private static int guess(ExecutorKeys executor) {
    double cores =
        executor.decimal("provider.cores_per_node", executor.decimal("provider.max_cpu", 0));
    long byCores = (long) (cores / executor.decimal("cores_per_worker", 1));
    long most = executor.number("max_workers_per_node", cores > 0 ? byCores : 1);
    return (int) Math.max(1, cores > 0 ? Math.min(most, byCores) : most);
  }

  @Override
  public int doWork(long outstanding) {
    if (failure != null) {
      lane.fail(failure);
    }
    lane.loads().forEach((block, tasks) -> blocks.load(block, tasks));
    return blocks.doWork(new Demand(outstanding, 0));
  }

  @Override
  public long sleepNanos(long nowNanos) {
    return blocks.sleepNanos(nowNanos);
  }

  @Override
  public void joined(ManagerInfo manager, int workers) {
    if (!manager.block().isEmpty()) {
      blocks.managerJoined(manager.block(), manager.name(), workers);
    }
  }

  @Override
  public void left(ManagerInfo manager, String why) {
    if (!manager.block().isEmpty()) {
      blocks.managerLeft(manager.block(), manager.name());
    }
  }

  @Override
  public Map<String, String> unmanned() {
    return blocks.unmanned();
  }

  @Override
  public void dismiss(String block, String who) {
    blocks.dismiss(block, who);
  }

  @Override
  public List<String> describe() {
    return blocks.describe();
  }

  @Override
  public void close() {
    blocks.close(CLOSING);
    jobs.provider().close();
  }

  /** Does what blocks ask for. */
  private final class Told implements BlocksListener {
    @Override
    public void drain(String block) {
      lane.drain(block);
    }

    @Override
    public void failAll(String text) {
      failure = text;
      lane.fail(text);
    }

    @Override
    public void said(String line) {
      log.accept(line);
    }
  }
}
