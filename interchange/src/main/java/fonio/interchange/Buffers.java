package fonio.interchange;

import fonio.wire.ByteQueue;
import java.util.ArrayDeque;
import java.util.Deque;

/** Queues that are lent to managers while something is under way, so that silent ones need none. */
final class Buffers {
  private static final int MOST = 64;

  private final Deque<ByteQueue> in = new ArrayDeque<>();
  private final Deque<Outgoing> out = new ArrayDeque<>();

  ByteQueue incoming() {
    ByteQueue queue = in.poll();
    return queue == null ? new ByteQueue() : queue;
  }

  Outgoing outgoing() {
    Outgoing outgoing = out.poll();
    return outgoing == null ? new Outgoing() : outgoing;
  }

  void back(ByteQueue queue) {
    queue.clear();
    if (in.size() < MOST) {
      in.push(queue);
    }
  }

  void back(Outgoing outgoing) {
    outgoing.queue.clear();
    if (out.size() < MOST) {
      out.push(outgoing);
    }
  }
}
