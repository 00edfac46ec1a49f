package fonio.providers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Blocks of hosts that ssh reaches; a host belongs to one block at a time.
 *
 * <p>A block is one ssh process for each of its hosts. On the host a guard reads the connection and
 * ends what it runs when that breaks, so nothing stays behind when this process is killed. A host
 * where something failed is taken last by the next block.
 */
final class SshProvider implements Provider {
  static final Set<String> KEYS = Set.of("hosts", "ssh_options");

  private final Commands commands;
  private final Consumer<String> log;
  private final Launcher launcher;
  private final String workerInit;
  private final List<String> options;
  private final List<SshHost> hosts;
  private final Map<SshHost, HeldProcess> taken = new LinkedHashMap<>();
  private final Duration statusPeriod;
  private final HeldBlocks blocks = new HeldBlocks();

  SshProvider(Keys keys, Commands commands, Consumer<String> log) {
    this.commands = commands;
    this.log = log;
    launcher = Launchers.ofOneNode(keys);
    workerInit = keys.lines("worker_init");
    statusPeriod = keys.seconds("status_polling_interval", "0.2");
    options =
        List.of(keys.lines("ssh_options").strip().split("\\s+", -1)).stream()
            .filter(word -> !word.isEmpty())
            .toList();
    List<String> names = keys.list("hosts");
    if (names.isEmpty()) {
      throw keys.bad("hosts", "", "name at least one host, a line each");
    }
    hosts = new ArrayList<>(names.stream().map(name -> SshHost.of(keys, name)).distinct().toList());
    int nodes = keys.wholeNumber("nodes_per_block", 1, 1);
    if (nodes > hosts.size()) {
      throw keys.bad(
          "nodes_per_block",
          Integer.toString(nodes),
          "there are " + hosts.size() + " hosts; use fewer nodes or name more hosts");
    }
  }

  @Override
  public String submit(BlockOrder block) {
    List<SshHost> chosen = free(block);
    BlockFiles files = BlockFiles.of(block);
    String script =
        Template.named("ssh")
            .fill(
                Map.of(
                    "name", block.name(),
                    "worker_init", workerInit.stripTrailing(),
                    "launch", launcher.wrap(block.command(), block.tasksPerNode(), 1)));
    files.write(files.script(), script);
    List<String> words =
        List.of("bash", "-c", Template.named("guard").text(), "guard", "bash", "-c", script);
    List<HeldProcess> processes = new ArrayList<>();
    for (SshHost host : chosen) {
      HeldProcess process = HeldProcess.start(commands, host.command(options, words), files);
      log.accept("ssh " + host + " bash " + files.script() + ": started");
      taken.put(host, process);
      processes.add(process);
    }
    return blocks.add(new HeldBlock(files, processes));
  }

  private List<SshHost> free(BlockOrder block) {
    for (SshHost host : List.copyOf(hosts)) {
      HeldProcess last = taken.get(host);
      if (last != null && !last.isAlive()) {
        taken.remove(host);
        if (last.exitCode().orElse(0) != 0) {
          hosts.remove(host);
          hosts.add(host);
        }
      }
    }
    List<SshHost> chosen =
        hosts.stream().filter(host -> !taken.containsKey(host)).limit(block.nodes()).toList();
    if (chosen.size() < block.nodes()) {
      throw new ProviderException(
          "block %s needs %d hosts and %d of %d are free; wait for a block to end, or name more hosts"
              .formatted(block.name(), block.nodes(), chosen.size(), hosts.size()));
    }
    return chosen;
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
