package fonio.interchange;

import fonio.transport.TcpLink;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/** Managers whose links lead nowhere. */
final class Peers {
  private Peers() {}

  /** A manager that wants as many tasks as it has workers. */
  static Peer add(Roster roster, String name, String block, int workers) {
    Peer peer = new Peer(new ManagerInfo(name, "node", 1, block), nowhere());
    roster.add(peer);
    roster.workers(peer, workers);
    peer.load.windowOtherwise(workers);
    roster.weigh(peer);
    return peer;
  }

  /** Gives a manager a task. */
  static void give(Roster roster, Peer peer, long task, int classId) {
    peer.outstanding.add(task, 0, classId);
    peer.load.add(classId, 1);
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
