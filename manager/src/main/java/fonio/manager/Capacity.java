package fonio.manager;

import java.util.List;

/**
 * What a node has for its tasks.
 *
 * @param cores the numbers of its cores
 * @param memoryMegabytes its memory
 * @param accelerators what its accelerators are called in CUDA_VISIBLE_DEVICES and the like
 * @param nodes the hosts of its block, for programs that span several; none otherwise
 */
record Capacity(
    List<Integer> cores, long memoryMegabytes, List<String> accelerators, List<String> nodes) {
  Capacity {
    cores = List.copyOf(cores);
    accelerators = List.copyOf(accelerators);
    nodes = List.copyOf(nodes);
  }

  /** All of it, as if one task needed it. */
  Request whole() {
    return new Request(
        Devices.WHOLE * cores.size(),
        memoryMegabytes,
        Devices.WHOLE * accelerators.size(),
        nodes.size());
  }

  /** Whether a task can have what it needs when nothing else runs. */
  boolean canHold(Request request) {
    return request.timesInto(whole(), Request.NOTHING) > 0;
  }
}
