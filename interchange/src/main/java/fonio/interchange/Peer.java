package fonio.interchange;

import fonio.transport.TcpLink;
import fonio.wire.ByteQueue;
import fonio.wire.Known;
import org.jspecify.annotations.Nullable;

/** One manager, as the interchange sees it. */
final class Peer {
  final ManagerInfo info;
  final int block;
  TcpLink link;
  final Outstanding outstanding = new Outstanding();
  final Load load = new Load();
  final Known known = new Known();

  /** What came and is no whole frame yet. */
  @Nullable ByteQueue in;

  /** What waits for the socket. */
  @Nullable Outgoing out;

  int workers;

  /** Whether it was given up. */
  boolean gone;

  /** Whether it gets no more tasks. */
  boolean draining;

  /** Whether it is among those that wait to be served. */
  boolean queued;

  /** Its place among those that have room; -1 when it has none. */
  int place = -1;

  long heardAtNanos;
  long saidAtNanos;
  long answered;

  Peer(ManagerInfo info, TcpLink link) {
    this.info = info;
    this.link = link;
    this.block = number(info.block());
  }

  ManagerView view() {
    return new ManagerView(info, workers, outstanding.size(), answered, draining);
  }

  private static int number(String block) {
    try {
      return Integer.parseInt(block);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
