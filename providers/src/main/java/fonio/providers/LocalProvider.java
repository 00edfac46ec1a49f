package fonio.providers;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Blocks of this machine: process groups that end with this process at the latest. */
final class LocalProvider implements Provider {
  static final Set<String> KEYS = Set.of();

  private final Commands commands;
  private final Consumer<String> log;
  private final Launcher launcher;
  private final String workerInit;
  private final Duration statusPeriod;
  private final HeldBlocks blocks = new HeldBlocks();

  LocalProvider(Keys keys, Commands commands, Consumer<String> log) {
    this.commands = commands;
    this.log = log;
    launcher = Launchers.of(keys, "single_node");
    workerInit = keys.lines("worker_init");
    statusPeriod = keys.seconds("status_polling_interval", "0.2");
    int nodes = keys.wholeNumber("nodes_per_block", 1, 1);
    if (nodes != 1) {
      throw keys.bad("nodes_per_block", Integer.toString(nodes), "this machine is one node; use 1");
    }
  }

  @Override
  public String submit(BlockOrder block) {
    if (block.nodes() != 1) {
      throw new ProviderException(
          "block %s needs %d nodes; this machine is one, ask for 1"
              .formatted(block.name(), block.nodes()));
    }
    BlockFiles files = BlockFiles.of(block);
    String text = launcher.wrap(block.command(), block.tasksPerNode(), 1);
    String body = JobBody.of(block, files, workerInit, text);
    files.write(files.script(), Template.named("local").fill(Map.of("body", body)));
    String script = files.script().toString();
    List<String> words =
        List.of("bash", "-c", Template.named("guard").text(), "guard", "bash", script);
    HeldProcess process = HeldProcess.start(commands, words, files);
    log.accept("bash " + script + ": started");
    return blocks.add(new HeldBlock(files, List.of(process)));
  }

  @Override
  public Map<String, JobStatus> status(List<String> jobs) {
    return blocks.status(jobs);
  }

  @Override
  public void cancel(List<String> jobs) {
    blocks.end(jobs);
  }

  @Override
  public Duration statusPeriod() {
    return statusPeriod;
  }

  @Override
  public void close() {
    blocks.endAll();
  }
}
