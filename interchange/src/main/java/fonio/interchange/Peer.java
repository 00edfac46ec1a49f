package fonio.interchange;

import fonio.transport.TcpLink;
import fonio.wire.ByteQueue;
import fonio.wire.Known;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

  /** Whether it came back and has not said yet which tasks it still has. */
  boolean returning;

  /** Which tasks it still has, as far as it has said so since it came back. */
  final Set<Long> held = new HashSet<>();

  /** The frame, RECALL or KILL, that it was sent for a task that it has not answered. */
  final Map<Long, Integer> asked = new LinkedHashMap<>();

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

  /** What it is and does, in a line. */
  String text() {
    return "host %s, pid %d, block %s, %d workers, has %d, answered %d%s"
        .formatted(
            info.host(),
            info.pid(),
            info.block().isEmpty() ? "none" : info.block(),
            workers,
            outstanding.size(),
            answered,
            draining ? ", draining" : "");
  }

  private static int number(String block) {
    try {
      return Integer.parseInt(block);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
