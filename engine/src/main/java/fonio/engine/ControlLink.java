package fonio.engine;

import fonio.transport.Link;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;
import java.nio.charset.StandardCharsets;

/** The conversation with one observer, one question at a time. */
final class ControlLink {
  private static final int MOST_QUESTION_BYTES = 1 << 16;

  private final Link link;
  private final Desk desk;
  private final ByteQueue in = new ByteQueue(1024);
  private final ByteQueue out = new ByteQueue(1024);
  private final FrameView frame = new FrameView();
  private final FrameWriter writer = new FrameWriter(out);
  private boolean stopAsked;
  private boolean ended;

  ControlLink(Link link, Desk desk) {
    this.link = link;
    this.desk = desk;
  }

  Link link() {
    return link;
  }

  /** Whether it asked for the end of the run. */
  boolean stopAsked() {
    return stopAsked;
  }

  /** Whether the observer is gone, or was sent away and has been told why. */
  boolean isDone() {
    return link.isGone() || (ended && out.isEmpty());
  }

  /** Answers at most one question, once the answers before it are on their way. */
  int doWork() {
    int work = out.isEmpty() ? 0 : link.write(out);
    if (out.isEmpty() && !ended) {
      work += serve();
    }
    link.wantInput(out.isEmpty() && !ended);
    return work;
  }

  private int serve() {
    try {
      int bytes = frame.next(in) ? 0 : Math.max(0, link.read(in));
      boolean whole = frame.next(in);
      if ((whole ? frame.size() : in.size()) > MOST_QUESTION_BYTES) {
        throw new IllegalArgumentException(
            "a question has at most " + MOST_QUESTION_BYTES + " bytes");
      }
      if (whole) {
        obey();
        in.consumed(frame.size());
        link.write(out);
        return 1;
      }
      return bytes;
    } catch (MalformedFrameException | IllegalArgumentException e) {
      end(String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private void obey() {
    switch (frame.kind()) {
      case Kind.QUERY -> answer(frame.first(), frame.blobText());
      case Kind.CLOSE -> stopAsked = true;
      default ->
          throw new MalformedFrameException(
              frame.kind(), 0, "an observer does not send " + Kind.name(frame.kind()));
    }
  }

  private void answer(int number, String question) {
    desk.answer(
        question, entries -> writer.frame(Kind.ANSWER, 0, 0, number, Lines.encode(entries)));
  }

  /** Tells the observer why, and reads nothing more of it. */
  private void end(String why) {
    ended = true;
    writer.frame(Kind.FAULT, 0, 0, 0, ("ProtocolError: " + why).getBytes(StandardCharsets.UTF_8));
    link.write(out);
  }
}
