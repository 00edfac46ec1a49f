package fonio.interchange;

import fonio.transport.Link;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/** What goes over the links of managers: frames out, and their answers in. */
final class Traffic {
  private static final byte[] NOTHING = {};

  private final Buffers buffers = new Buffers();
  private final Deque<Peer> waiting = new ArrayDeque<>();

  /** Those that were answered, and not yet sent it: tasks that follow go with it. */
  private final Deque<Peer> answered = new ArrayDeque<>();

  private final FrameView frame = new FrameView();
  private final InterchangeListener listener;
  private final Answers answers;
  private final Receipts receipts;
  private final LongSupplier nanoClock;
  private final BiConsumer<Peer, FrameView> resultsOf;
  private final BiConsumer<Peer, String> lose;

  /**
   * Nobody to talk to yet.
   *
   * @param resultsOf hears of results of a manager when the listener has
   * @param lose gives a manager up
   */
  Traffic(
      Roster roster,
      InterchangeListener listener,
      Keeping keeping,
      Safekeeping safekeeping,
      LongSupplier nanoClock,
      BiConsumer<Peer, FrameView> resultsOf,
      BiConsumer<Peer, String> lose) {
    this.listener = listener;
    this.answers = new Answers(roster, listener, keeping);
    this.receipts = new Receipts(safekeeping, this::acknowledge);
    this.nanoClock = nanoClock;
    this.resultsOf = resultsOf;
    this.lose = lose;
  }

  /** A manager's link may be read or written. */
  void ready(Peer peer) {
    if (!peer.queued) {
      peer.queued = true;
      waiting.add(peer);
    }
  }

  /**
   * Reads from and writes to those that are ready; how much was done. Until that is nothing, it is
   * to be called again without a sleep.
   */
  int serve() {
    int work = receipts.turn();
    while (!answered.isEmpty()) {
      Peer peer = answered.remove();
      if (!peer.gone) {
        flush(peer);
      }
    }
    for (int left = waiting.size(); left > 0; left--) {
      Peer peer = waiting.remove();
      peer.queued = false;
      if (peer.gone) {
        continue;
      }
      work += 1 + read(peer);
      if (peer.link.wantsRoom()) {
        flush(peer);
      } else if (peer.out != null) {
        answered.add(peer);
      }
      if (peer.link.isReady() && !peer.link.isGone()) {
        ready(peer);
      }
    }
    return work;
  }

  private int read(Peer peer) {
    ByteQueue queue = peer.in == null ? buffers.incoming() : peer.in;
    peer.in = queue;
    int bytes = peer.link.read(queue);
    if (bytes == Link.GONE) {
      String problem = peer.link.problem();
      end(
          peer,
          peer.draining && peer.outstanding.size() == 0
              ? "it has finished"
              : problem.isEmpty() ? "its connection ended" : "its connection broke: " + problem);
      return 0;
    }
    if (bytes > 0) {
      peer.heardAtNanos = nanoClock.getAsLong();
      try {
        take(peer, queue);
      } catch (MalformedFrameException | IllegalArgumentException | IllegalStateException e) {
        listener.said(peer.info.text() + " broke the protocol: " + e.getMessage());
        end(peer, "it broke the protocol: " + e.getMessage());
        return bytes;
      }
    }
    if (queue.isEmpty() && peer.in != null) {
      buffers.back(queue);
      peer.in = null;
    }
    return bytes;
  }

  private void acknowledge(Peer peer, int frames) {
    writer(peer).frame(Kind.ACK, 0, frames, 0, NOTHING);
    ready(peer);
  }

  private void end(Peer peer, String why) {
    lose.accept(peer, why);
  }

  private void take(Peer peer, ByteQueue queue) {
    int results = 0;
    while (frame.next(queue)) {
      results += obey(peer) ? 1 : 0;
      queue.consumed(frame.size());
    }
    if (results > 0) {
      receipts.received(peer, results);
    }
  }

  /** Does what a frame says; whether that was results, which are acknowledged. */
  private boolean obey(Peer peer) {
    if (peer.verbose) {
      boolean several = frame.count() > 0;
      trace(peer, "<", frame.kind(), several ? "of " + frame.count() : "" + frame.first());
    }
    switch (frame.kind()) {
      case Kind.RESULTS -> {
        answers.results(peer, frame, writer(peer));
        resultsOf.accept(peer, frame);
        return true;
      }
      case Kind.CAPACITY -> answers.capacity(peer, frame);
      case Kind.BEAT -> {}
      case Kind.VERDICT -> answers.tooLate(peer, frame.first());
      case Kind.HOLDS -> answers.holds(peer, frame, writer(peer));
      case Kind.RELEASE -> answers.lacks(peer, frame);
      case Kind.DRAIN -> answers.drains(peer);
      case Kind.LOG ->
          listener.output(peer.info, frame.first(), frame.classId() == 2, frame.blobText());
      case Kind.FAULT -> listener.unusable(peer.info, frame.blobText());
      default ->
          throw new MalformedFrameException(
              frame.kind(), 0, "a manager does not send " + Kind.name(frame.kind()));
    }
    return false;
  }

  /** The writer of what goes to a manager. */
  FrameWriter writer(Peer peer) {
    if (peer.out == null) {
      peer.out = buffers.outgoing();
    }
    return peer.out.writer;
  }

  /** Sends a frame that has a number and nothing else. */
  void say(Peer peer, int kind, int first) {
    writer(peer).frame(kind, 0, 0, first, NOTHING);
    if (peer.verbose) {
      trace(peer, ">", kind, "" + first);
    }
    flush(peer);
  }

  /** Sends the tasks of a frame that was just written. */
  void send(Peer peer, int count) {
    if (peer.verbose) {
      trace(peer, ">", Kind.TASKS, "of " + count);
    }
    flush(peer);
  }

  private void trace(Peer peer, String direction, int kind, String what) {
    listener.said("%s %s %s %s".formatted(peer.info.name(), direction, Kind.name(kind), what));
  }

  /** Sends what waits for a manager, as far as the socket takes it. */
  void flush(Peer peer) {
    Outgoing out = peer.out;
    if (out == null) {
      return;
    }
    int bytes = peer.link.write(out.queue);
    if (bytes > 0) {
      peer.sentBytes += bytes;
      peer.saidAtNanos = nanoClock.getAsLong();
    }
    if (out.queue.isEmpty()) {
      buffers.back(out);
      peer.out = null;
    }
  }

  /** Sends what waits for some managers; whether some of it still waits for a socket. */
  boolean flushAll(List<Peer> peers) {
    boolean wait = false;
    for (Peer peer : peers) {
      flush(peer);
      wait |= peer.link.wantsRoom();
    }
    return wait;
  }

  /** Drops what is under way to and from a manager. */
  void forget(Peer peer) {
    if (peer.in != null) {
      buffers.back(peer.in);
      peer.in = null;
    }
    if (peer.out != null) {
      buffers.back(peer.out);
      peer.out = null;
    }
  }
}
