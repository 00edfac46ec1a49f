package fonio.engine;

import fonio.blocks.JobState;
import fonio.blocks.JobStatus;
import fonio.blocks.Jobs;
import fonio.providers.Baggage;
import fonio.providers.BlockOrder;
import fonio.providers.Provider;
import fonio.providers.ProviderSettings;
import fonio.providers.Providers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The jobs of an executor's blocks, by its provider. */
record ProviderJobs(
    Provider provider,
    ManagerCommand command,
    String label,
    int nodes,
    Path folder,
    Baggage baggage)
    implements Jobs {
  /** Keys that say how many blocks there are, which is no concern of a provider. */
  private static final Set<String> OF_BLOCKS =
      Set.of("init_blocks", "min_blocks", "max_blocks", "parallelism");

  /**
   * Opens the provider.
   *
   * @param here the command for nodes that share a folder with this machine
   */
  static ProviderJobs open(HtexPlan plan, ManagerCommand here) {
    ExecutorKeys executor = plan.executor();
    boolean pods = PodNodes.are(executor);
    SubmitProgram.require(executor.text("provider", "local"), SearchPath.own());
    Map<String, String> keys = executor.under("provider.");
    keys.keySet().removeAll(OF_BLOCKS);
    return new ProviderJobs(
        Providers.open(new ProviderSettings(executor.text("provider", "local"), keys), plan.log()),
        pods ? PodNodes.command(plan, here) : here,
        plan.label(),
        (int) executor.number("provider.nodes_per_block", 1),
        plan.run().resolve("blocks"),
        pods ? PodNodes.baggage(plan, here) : Baggage.NONE);
  }

  @Override
  public String submit(String block) {
    return provider.submit(
        new BlockOrder(
            "fonio." + label + ".block-" + block, command.text(block), nodes, 1, folder, baggage));
  }

  @Override
  public Map<String, JobStatus> status(List<String> jobs) {
    Map<String, JobStatus> statuses = new LinkedHashMap<>();
    provider
        .status(jobs)
        .forEach((job, status) ->
            statuses.put(
                job,
                new JobStatus(
                    JobState.valueOf(status.state().name()),
                    status.reason(),
                    status.exitCode(),
                    status.stdoutTail(),
                    status.stderrTail())));
    return statuses;
  }

  @Override
  public void cancel(List<String> jobs) {
    provider.cancel(jobs);
  }

  @Override
  public Duration statusPeriod() {
    return provider.statusPeriod();
  }
}
