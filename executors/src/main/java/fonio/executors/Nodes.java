package fonio.executors;

import fonio.interchange.ManagerInfo;
import java.util.List;
import java.util.Map;

/** Who starts and ends the nodes that managers run on. */
public interface Nodes extends AutoCloseable {
  /** Looks after the nodes, given how many tasks are not done; how much was done. */
  int doWork(long outstanding);

  /** How long that may be put off. */
  long sleepNanos(long nowNanos);

  /** A manager has come. */
  void joined(ManagerInfo manager, int workers);

  /** A manager is gone. */
  void left(ManagerInfo manager, String why);

  /** What people call the blocks that have not ended and have no manager, by number. */
  Map<String, String> unmanned();

  /**
   * Somebody wants a block no more, and looks after its managers himself.
   *
   * @param block its number, empty for all; what is no number of a block means none
   * @param who ends it, for people
   */
  void dismiss(String block, String who);

  /** One line for each block. */
  List<String> describe();

  @Override
  void close();
}
