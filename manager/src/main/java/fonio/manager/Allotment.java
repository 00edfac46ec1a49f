package fonio.manager;

import fonio.manager.Devices.Piece;
import java.util.List;

/**
 * What a task has got of a node until it ends.
 *
 * @param request what it asked for
 * @param cores the cores, by their place in the node's list
 * @param accelerators the accelerators and how much of each
 * @param nodes the nodes of the block
 */
record Allotment(Request request, List<Piece> cores, List<Piece> accelerators, List<Piece> nodes) {
  Allotment {
    cores = List.copyOf(cores);
    accelerators = List.copyOf(accelerators);
    nodes = List.copyOf(nodes);
  }
}
