package fonio.worker;

import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.RingFile;
import fonio.wire.ByteQueue;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;

/** A worker's talk with its engine: reads frames, keeps what it is told, has tasks run. */
final class Conversation {
  private static final long WAIT_NANOS = 100_000_000;

  private final Link link;
  private final LinkSet links;
  private final RingFile words;
  private final ByteQueue in = new ByteQueue();
  private final ByteQueue out = new ByteQueue();
  private final FrameView frame = new FrameView();
  private final Functions functions = new Functions();
  private final Allotment allotment = new Allotment();
  private final Tasks tasks;
  private boolean over;

  Conversation(Link link, LinkSet links, RingFile words, LargeValues large) {
    this.link = link;
    this.links = links;
    this.words = words;
    this.tasks = new Tasks(words, functions, new Results(out, this::send, large), large);
  }

  /** Obeys until the engine says that it is over, or is gone. */
  void run() {
    while (!over) {
      int bytes = link.read(in);
      if (bytes == Link.GONE) {
        return;
      }
      while (!over && frame.next(in)) {
        obey();
        in.consumed(frame.size());
      }
      if (bytes == 0) {
        words.running(0);
      }
      links.await(bytes > 0 ? 0 : WAIT_NANOS);
    }
  }

  private void obey() {
    switch (frame.kind()) {
      case Kind.TASKS -> tasks.run(frame);
      case Kind.FUNCTION -> functions.add(FunctionDefinition.decode(frame));
      case Kind.CLASS -> functions.define(ClassDefinition.decode(frame));
      case Kind.ALLOT ->
          allotment.apply(Lines.decode(frame.array(), frame.blobOffset(), frame.blobLength()));
      case Kind.CLOSE -> over = true;
      default ->
          throw new MalformedFrameException(
              frame.kind(), 4, "a Java worker is not sent frames of this kind");
    }
  }

  /** Sends all of it; the worker ends when nobody reads it any more. */
  private void send() {
    while (!out.isEmpty()) {
      link.write(out);
      if (link.isGone()) {
        over = true;
        out.clear();
      } else if (!out.isEmpty()) {
        link.wantInput(false);
        links.await(WAIT_NANOS);
        link.wantInput(true);
      }
    }
  }
}
