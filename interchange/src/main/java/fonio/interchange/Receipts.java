package fonio.interchange;

import fonio.transport.TcpLink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ObjIntConsumer;

/** The acknowledgements that managers will get when their results are safe. */
final class Receipts {
  private record Owed(long mark, Peer peer, TcpLink link, int frames) {}

  private final Safekeeping safekeeping;
  private final ObjIntConsumer<Peer> acknowledge;
  private final Deque<Owed> owed = new ArrayDeque<>();

  /**
   * @param acknowledge tells a manager that so many frames need not be kept
   */
  Receipts(Safekeeping safekeeping, ObjIntConsumer<Peer> acknowledge) {
    this.safekeeping = safekeeping;
    this.acknowledge = acknowledge;
  }

  /** A manager has sent so many frames of results, which were told. */
  void received(Peer peer, int frames) {
    long mark = safekeeping.mark();
    if (owed.isEmpty() && mark <= safekeeping.reached()) {
      acknowledge.accept(peer, frames);
    } else {
      owed.add(new Owed(mark, peer, peer.link, frames));
    }
  }

  /**
   * Acknowledges what is safe by now; how much that was. Who came back over another link sends it
   * again, and is owed nothing for the first time.
   */
  int turn() {
    if (owed.isEmpty()) {
      return 0;
    }
    int count = 0;
    long reached = safekeeping.reached();
    for (Owed first = owed.peek(); first != null && first.mark <= reached; first = owed.peek()) {
      owed.remove();
      if (!first.peer.gone && first.peer.link == first.link) {
        acknowledge.accept(first.peer, first.frames);
        count++;
      }
    }
    return count;
  }
}
