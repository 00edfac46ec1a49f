package fonio.executors;

import fonio.interchange.ManagerInfo;
import java.util.List;

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

  /** One line for each block. */
  List<String> describe();

  @Override
  void close();
}
