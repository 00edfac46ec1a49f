package fonio.bench;

/** A system that runs a task graph; it is opened once and runs many. */
interface Backend extends AutoCloseable {

  /** The name in tables. */
  String name();

  /**
   * Runs the graph and returns the seconds from the first call that makes a task until the last row
   * is held. A task that got a wrong input ends the run with its exception.
   */
  double run(Graph graph, Work work);

  /**
   * Nanoseconds of one iteration of this system's kernel without any task, with all of its cores
   * busy: a value for each of many calls of about a millisecond.
   */
  double[] kernelNanos();

  @Override
  void close();
}
