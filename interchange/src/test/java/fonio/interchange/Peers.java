package fonio.interchange;

import fonio.transport.TcpLink;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Managers whose links lead nowhere. */
final class Peers {
  private Peers() {}

  /** A manager that wants as many tasks as it has workers. */
  static Peer add(Roster roster, String name, String block, int workers) {
    Peer peer = roster.add(new ManagerInfo(name, "node", 1, block, NodeFacts.UNKNOWN), nowhere());
    roster.workers(peer, workers);
    peer.load.windowOtherwise(workers);
    roster.weigh(peer);
    return peer;
  }

  /** Gives a manager a task. */
  static void give(Roster roster, Peer peer, long task, int classId) {
    peer.add(classId, new long[] {task}, new int[1], 0, 1);
    roster.weigh(peer);
  }

  private static TcpLink nowhere() {
    try {
      return TcpLink.clear(SocketChannel.open());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
