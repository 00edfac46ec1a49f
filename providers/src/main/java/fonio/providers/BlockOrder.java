package fonio.providers;

import fonio.api.ConfigurationException;
import java.nio.file.Path;

/**
 * One block that is asked for.
 *
 * @param name of the job, of letters, digits, {@code .}, {@code _} and {@code -}
 * @param command shell text that starts one manager on the node that it runs on
 * @param nodes how many nodes
 * @param tasksPerNode how many times the launcher starts the command on each node
 * @param folder where the script, its outputs and its exit code are: {@code NAME.sh}, {@code
 *     NAME.out}, {@code NAME.err}, {@code NAME.exit}
 * @param baggage what it brings along to nodes that share no folder with this machine
 */
public record BlockOrder(
    String name, String command, int nodes, int tasksPerNode, Path folder, Baggage baggage) {

  /** One for nodes that share the folder. */
  public BlockOrder(String name, String command, int nodes, int tasksPerNode, Path folder) {
    this(name, command, nodes, tasksPerNode, folder, Baggage.NONE);
  }

  public BlockOrder {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw bad("name", name, "use letters, digits, '.', '_' and '-': it names files and jobs");
    }
    if (command.isBlank()) {
      throw bad("command", command, "give the shell text that starts a manager");
    }
    if (nodes < 1) {
      throw bad("nodes", nodes, "it must be at least 1");
    }
    if (tasksPerNode < 1) {
      throw bad("tasksPerNode", tasksPerNode, "it must be at least 1");
    }
    if (folder.toString().indexOf('\n') >= 0) {
      throw bad("folder", folder, "job scripts cannot name a folder with a line break; rename it");
    }
    folder = folder.toAbsolutePath();
  }

  private static ConfigurationException bad(String what, Object value, String rule) {
    return new ConfigurationException(
        "the %s of a block is \"%s\"; %s".formatted(what, value, rule));
  }
}
