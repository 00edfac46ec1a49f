package fonio.providers;

/** How a command is started on every node of a block, from the job script on its first node. */
@FunctionalInterface
public interface Launcher {
  /**
   * The shell text that starts the command and waits for it.
   *
   * <p>Where it runs, {@code FONIO_BLOCK} is the path of the block's files without their suffix.
   */
  String wrap(String command, int tasksPerNode, int nodes);
}
