package fonio.manager;

/**
 * What a task needs of a node while it runs.
 *
 * @param cores thousandths of cores
 * @param memoryMegabytes memory, 0 for what there is
 * @param accelerators thousandths of accelerators
 * @param nodes whole nodes of a block, for programs that span several; 0 otherwise
 */
record Request(int cores, long memoryMegabytes, int accelerators, int nodes) {
  Request {
    if (cores < 0 || memoryMegabytes < 0 || accelerators < 0 || nodes < 0) {
      throw new IllegalArgumentException(
          "a task cannot need less than nothing: %d, %d, %d, %d"
              .formatted(cores, memoryMegabytes, accelerators, nodes));
    }
  }

  static final Request NOTHING = new Request(0, 0, 0, 0);

  Request plus(Request other) {
    return new Request(
        cores + other.cores,
        memoryMegabytes + other.memoryMegabytes,
        accelerators + other.accelerators,
        nodes + other.nodes);
  }

  Request minus(Request other) {
    return new Request(
        cores - other.cores,
        memoryMegabytes - other.memoryMegabytes,
        accelerators - other.accelerators,
        nodes - other.nodes);
  }

  /** How often this goes into what is left of a whole beside something else. */
  int timesInto(Request whole, Request beside) {
    long times = Integer.MAX_VALUE;
    times = Math.min(times, times(whole.cores - beside.cores, cores));
    times = Math.min(times, times(whole.memoryMegabytes - beside.memoryMegabytes, memoryMegabytes));
    times = Math.min(times, times(whole.accelerators - beside.accelerators, accelerators));
    times = Math.min(times, times((long) whole.nodes - beside.nodes, nodes));
    return (int) times;
  }

  private static long times(long left, long each) {
    if (left < 0) {
      return 0;
    }
    return each == 0 ? Integer.MAX_VALUE : left / each;
  }

  /** How often a whole must be filled with this until nothing of some kind is left. */
  int timesToFill(Request whole) {
    double part =
        Math.max(
            Math.max(part(cores, whole.cores), part(accelerators, whole.accelerators)),
            Math.max(part(memoryMegabytes, whole.memoryMegabytes), part(nodes, whole.nodes)));
    return part <= 0
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, Math.ceil(1 / part - 1e-9));
  }

  private static double part(long wanted, long whole) {
    return wanted == 0 ? 0 : (double) wanted / Math.max(1, whole);
  }
}
