package fonio.engine;

import fonio.transport.Link;
import fonio.wire.ByteQueue;
import fonio.wire.ElementCounts;
import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The conversation with one client: frames in, frames out. */
final class Session implements ClientPort {
  private static final int MOST_TRIES = 500;
  private static final long TRY_NANOS = 1_000_000;
  private static final int FINISH = 1;
  private static final int LEAVE = 2;

  private final Link link;
  private final Desk desk;
  private final @Nullable RunJournal journal;
  private final ByteQueue in = new ByteQueue();
  private final ByteQueue out = new ByteQueue();
  private final FrameView frame = new FrameView();
  private final FrameWriter writer = new FrameWriter(out);
  private boolean gone;
  private boolean closing;
  private boolean finishFirst;
  private boolean leaving;
  private boolean wantsResults;

  /**
   * @param desk who does what the client asks for
   */
  Session(Link link, Desk desk) {
    this(link, desk, null);
  }

  /**
   * A conversation of which it is written down what changes the run.
   *
   * @param journal null when the run is not durable
   */
  Session(Link link, Desk desk, @Nullable RunJournal journal) {
    this.link = link;
    this.desk = desk;
    this.journal = journal;
  }

  /** Reads and obeys what is there; how many bytes that was. */
  int read() {
    int bytes = link.read(in);
    if (bytes == Link.GONE) {
      gone = true;
      return 0;
    }
    if (bytes == 0) {
      return 0;
    }
    try {
      while (frame.next(in)) {
        obey();
        if (journal != null) {
          journal.sent(frame);
        }
        in.consumed(frame.size());
      }
    } catch (MalformedFrameException | IllegalArgumentException e) {
      end(e);
    }
    return bytes;
  }

  /** Sends what is waiting; how many bytes went. */
  int write() {
    return out.isEmpty() ? 0 : link.write(out);
  }

  FrameWriter writer() {
    return writer;
  }

  /** Whether the client reads so slowly that no more may be made for it. */
  boolean isFull() {
    return out.size() > 8 << 20;
  }

  boolean isGone() {
    return gone;
  }

  /** Whether the client has asked for the end. */
  boolean isClosing() {
    return closing;
  }

  boolean finishesFirst() {
    return finishFirst;
  }

  /** Whether the client has said that it goes, and that the run shall go on. */
  boolean isLeaving() {
    return leaving;
  }

  /** Whether the client has asked which tasks there are. */
  boolean wantsResults() {
    return wantsResults;
  }

  /** What a client that is gone has sent is not read any more. */
  void leaveIfAlone() {
    gone |= link.isGone();
  }

  /** The client goes, as it has said. */
  void leave() {
    gone = true;
  }

  boolean isFlushed() {
    return out.isEmpty();
  }

  private void obey() {
    switch (frame.kind()) {
      case Kind.SUBMIT -> desk.dataflow().submit(frame);
      case Kind.ACK -> desk.dataflow().acknowledge(frame.count());
      case Kind.FUNCTION, Kind.CLASS, Kind.SHARE, Kind.UNSHARE -> desk.define(frame);
      case Kind.RESULTS -> desk.dataflow().fulfil(frame);
      case Kind.CANCEL -> verdict(desk.cancel(task()));
      case Kind.KILL -> verdict(desk.kill(task()));
      case Kind.RETRY -> desk.dataflow().retry(task(), frame.count() == 1);
      case Kind.RELEASE -> releaseAll();
      case Kind.ELEMENTS ->
          desk.dataflow().elements(ElementCounts.decode(frame), task(), frame.classId());
      case Kind.QUERY -> answer(frame.first());
      case Kind.CLOSE -> {
        closing = frame.first() != LEAVE;
        leaving = !closing;
        finishFirst = frame.first() == FINISH;
      }
      default ->
          throw new MalformedFrameException(
              frame.kind(), 0, "a client does not send " + Kind.name(frame.kind()));
    }
  }

  private long task() {
    return Integer.toUnsignedLong(frame.first());
  }

  private void verdict(boolean obeyed) {
    if (!obeyed) {
      verdict(task());
    }
  }

  @Override
  public void verdict(long task) {
    writer.frame(Kind.VERDICT, 0, 0, (int) task, Result.NOTHING);
  }

  private void releaseAll() {
    for (int i = 0; i < frame.count(); i++) {
      desk.dataflow().release(frame.task(i));
    }
  }

  private void answer(int question) {
    String text = frame.blobText();
    wantsResults |= text.equals(Desk.TASKS);
    desk.answer(text, entries -> writer.frame(Kind.ANSWER, 0, 0, question, Lines.encode(entries)));
  }

  @Override
  public void ask(long task, Result failure) {
    writer
        .begin(Kind.ASK, 0, 1, (int) task)
        .lengths(new int[] {failure.lengthColumn}, 0)
        .statuses(new byte[] {(byte) failure.status}, 0)
        .payload(failure.bytes, failure.offset, Length.bytes(failure.lengthColumn))
        .end();
  }

  @Override
  public void output(int worker, boolean error, String text) {
    writer.frame(Kind.LOG, error ? 2 : 1, 0, worker, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Ends the session with a named error: the client broke the protocol. */
  private void end(RuntimeException problem) {
    fault(new Fault("ProtocolError", String.valueOf(problem.getMessage()), Map.of()));
  }

  /** Ends the session with a named error, which waits a bounded time for room on the link. */
  void fault(Fault fault) {
    writer.frame(
        Kind.FAULT,
        0,
        0,
        0,
        (fault.name() + ": " + fault.message()).getBytes(StandardCharsets.UTF_8));
    for (int tries = 0; !out.isEmpty() && !gone && tries < MOST_TRIES; tries++) {
      if (link.write(out) <= 0) {
        LockSupport.parkNanos(TRY_NANOS);
      }
    }
    gone = true;
  }
}
