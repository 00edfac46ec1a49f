package fonio.engine;

import fonio.executors.Nodes;
import fonio.interchange.ManagerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of the managers of a durable run, but of those that end with the engine: so that the
 * next engine knows who may come back.
 */
final class KeptManagers implements Nodes {
  private final Nodes nodes;
  private final Path file;
  private final boolean blocksLast;
  private final Set<String> former;

  private KeptManagers(Nodes nodes, Path file, boolean blocksLast, Set<String> former) {
    this.nodes = nodes;
    this.file = file;
    this.blocksLast = blocksLast;
    this.former = former;
  }

  /**
   * Notes them beside their looked-after nodes, if there is a journal from which another engine may
   * start.
   */
  static KeptManagers of(Path run, String label, String provider, Nodes nodes) {
    Path file = run.resolve(label + ".managers");
    return new KeptManagers(nodes, file, KeptJobs.outlive(provider), read(file));
  }

  private static Set<String> read(Path file) {
    Set<String> names = new TreeSet<>();
    try {
      for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
        if (line.startsWith("+")) {
          names.add(line.substring(1));
        } else if (line.startsWith("-")) {
          names.remove(line.substring(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the last engine's managers cannot be read from %s: %s; make it readable, or remove it to wait for none"
              .formatted(file, e.getMessage()),
          e);
    }
    return names;
  }

  /** Those that the last engine had when it ended. */
  Set<String> former() {
    return Set.copyOf(former);
  }

  /** Nobody waits for a manager of this name any more. */
  void forget(String manager) {
    note("-" + manager);
  }

  private void note(ManagerInfo manager, char sign) {
    if (manager.block().isEmpty() || blocksLast) {
      note(sign + manager.name());
    }
  }

  private void note(String line) {
    if (!Files.isDirectory(file.resolveSibling(RecoveredRun.FOLDER))) {
      return;
    }
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.err.println(
          "fonio engine: the next engine will not wait for what it does not find in "
              + file
              + ": "
              + e);
    }
  }

  @Override
  public void joined(ManagerInfo manager, int workers) {
    note(manager, '+');
    nodes.joined(manager, workers);
  }

  @Override
  public void left(ManagerInfo manager, String why) {
    note(manager, '-');
    nodes.left(manager, why);
  }

  @Override
  public int doWork(long outstanding) {
    return nodes.doWork(outstanding);
  }

  @Override
  public long sleepNanos(long nowNanos) {
    return nodes.sleepNanos(nowNanos);
  }

  @Override
  public Map<String, String> unmanned() {
    return nodes.unmanned();
  }

  @Override
  public void dismiss(String block, String who) {
    nodes.dismiss(block, who);
  }

  @Override
  public List<String> describe() {
    return nodes.describe();
  }

  @Override
  public void close() {
    nodes.close();
  }
}
