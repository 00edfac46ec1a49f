package fonio.bench;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.Lines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One manager without a node: it has a connection and runs every task in no time. */
final class SimulatedManager {
  /** What all managers of a loop use in turns. */
  static final class Tools {
    final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
    final FrameView frame = new FrameView();
    final Echo echo = new Echo();
    ByteQueue in = new ByteQueue(1 << 17);
    ByteQueue out = new ByteQueue(1 << 17);
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Map<String, String> capacity;

  /** What came and is no whole frame yet. */
  private @Nullable ByteQueue in;

  /** What the socket did not take. */
  private @Nullable ByteQueue out;

  private boolean welcomed;
  private boolean said;

  SimulatedManager(SocketChannel channel, SelectionKey key, Map<String, String> capacity) {
    this.channel = channel;
    this.key = key;
    this.capacity = capacity;
  }

  boolean isWelcomed() {
    return welcomed;
  }

  /** Introduces itself. */
  void greet(Map<String, String> hello, Tools tools) throws IOException {
    ByteQueue queue = outgoing(tools);
    new FrameWriter(queue).frame(Kind.HELLO, 0, 0, 0, Greeting.of(hello).encode());
    send(queue, tools);
  }

  /** Reads what is there and answers it; false when the interchange is gone. */
  boolean serve(Tools tools) throws IOException {
    ByteQueue queue = in == null ? tools.in : in;
    int bytes = channel.read(tools.buffer.clear());
    if (bytes < 0) {
      return false;
    }
    queue.put(tools.buffer.flip());
    ByteQueue answers = outgoing(tools);
    FrameWriter writer = new FrameWriter(answers);
    while (tools.frame.next(queue)) {
      if (!obey(tools, writer)) {
        return false;
      }
      queue.consumed(tools.frame.size());
    }
    keep(queue, tools);
    send(answers, tools);
    return true;
  }

  private boolean obey(Tools tools, FrameWriter writer) {
    switch (tools.frame.kind()) {
      case Kind.TASKS -> tools.echo.answer(tools.frame, writer);
      case Kind.WELCOME -> {
        welcomed = true;
        writer.frame(Kind.CAPACITY, 0, 0, 0, Lines.encode(capacity));
      }
      case Kind.REFUSED -> throw new IllegalStateException(tools.frame.blobText());
      case Kind.CLOSE -> {
        return false;
      }
      default -> {}
    }
    return true;
  }

  /** Says that it is there, unless it said something since it was asked last. */
  void beat(Tools tools) throws IOException {
    if (!said && welcomed) {
      ByteQueue queue = outgoing(tools);
      new FrameWriter(queue).frame(Kind.BEAT, 0, 0, 0, new byte[0]);
      send(queue, tools);
    }
    said = false;
  }

  /** A part of a frame stays with the manager, and the loop goes on with another queue. */
  private void keep(ByteQueue queue, Tools tools) {
    if (queue.isEmpty()) {
      in = null;
    } else if (in == null) {
      in = queue;
      tools.in = new ByteQueue(1 << 17);
    }
  }

  private ByteQueue outgoing(Tools tools) {
    return out == null ? tools.out : out;
  }

  private void send(ByteQueue queue, Tools tools) throws IOException {
    said |= !queue.isEmpty();
    while (!queue.isEmpty()) {
      int size = Math.min(queue.size(), tools.buffer.capacity());
      int sent = channel.write(tools.buffer.clear().put(queue.array(), queue.head(), size).flip());
      queue.consumed(sent);
      if (sent < size) {
        break;
      }
    }
    if (queue.isEmpty() == (out == null)) {
      return;
    }
    if (out == null) {
      out = queue;
      tools.out = new ByteQueue(1 << 17);
    } else {
      out = null;
    }
    key.interestOps(SelectionKey.OP_READ | (out == null ? 0 : SelectionKey.OP_WRITE));
  }
}
