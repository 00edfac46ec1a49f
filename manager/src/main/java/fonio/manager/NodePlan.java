package fonio.manager;

import java.util.List;

/**
 * How a node is shared out among tasks.
 *
 * @param capacity what it has
 * @param share what a worker takes whose tasks name nothing, and a task where its class does not
 *     say
 * @param mostWorkers how many workers it may have; those beyond its shares are started when tasks
 *     need less of its accelerators than a share
 * @param isMpi whether all tasks take whole nodes of its block
 * @param mpiLauncher what starts their programs
 */
record NodePlan(
    Capacity capacity, Request share, int mostWorkers, boolean isMpi, MpiLauncher mpiLauncher) {
  private static final long PATIENCE_NANOS = 1_000_000_000L;
  private static final long MPI_PATIENCE_NANOS = 60_000_000_000L;

  static NodePlan of(Orders orders, NodeResources node) {
    String launcher = orders.text("mpi_launcher", "mpiexec");
    if (orders.isMpi()) {
      Capacity hosts = new Capacity(List.of(), 0, List.of(), BlockHosts.find(System.getenv()));
      return new NodePlan(
          hosts,
          new Request(0, 0, 0, 1),
          orders.mostWorkers(node),
          true,
          MpiLauncher.onThisNode(launcher));
    }
    Capacity capacity =
        new Capacity(
            CoreNumbers.first(node.cores()),
            node.memoryMegabytes(),
            orders.accelerators(),
            List.of());
    return new NodePlan(
        capacity,
        orders.share(),
        orders.mostWorkers(node),
        false,
        new MpiLauncher(launcher, false));
  }

  /** Whether tasks that need so much run beside more others than there are shares of the node. */
  boolean needsLessThanShare(Request request) {
    return request.accelerators() < share.accelerators();
  }

  Packing.Rules rules(int workers) {
    return isMpi
        ? new Packing.Rules(share, 0, true, MPI_PATIENCE_NANOS)
        : new Packing.Rules(share, workers, false, PATIENCE_NANOS);
  }
}
