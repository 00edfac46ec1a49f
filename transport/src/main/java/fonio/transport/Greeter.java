package fonio.transport;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.Limits;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** Opens a link from the side that connects: HELLO there, WELCOME or REFUSED back. */
public final class Greeter {
  private final Path path;
  private final SocketChannel channel;
  private final Selector selector;
  private final long timeoutMillis;

  private Greeter(Path path, SocketChannel channel, Selector selector, Duration timeout) {
    this.path = path;
    this.channel = channel;
    this.selector = selector;
    this.timeoutMillis = Math.max(1, timeout.toMillis());
  }

  /**
   * A connection that was welcomed.
   *
   * @param channel the socket: everything on it after WELCOME is still unread
   * @param welcome what the listener said
   */
  public record Welcomed(SocketChannel channel, Greeting welcome) {}

  /**
   * Connects and greets.
   *
   * @param timeout how long the listener may be silent
   * @throws RefusedException when the listener refuses, or speaks another version
   * @throws UncheckedIOException when it cannot be reached, is gone, or is silent
   */
  public static Welcomed connect(Path path, Greeting hello, Duration timeout) {
    try (Selector selector = Selector.open()) {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
      try {
        channel.configureBlocking(false);
        Greeting welcome = new Greeter(path, channel, selector, timeout).greet(hello);
        return new Welcomed(channel, welcome);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no link by " + path + ": " + e.getMessage(), e);
    }
  }

  private Greeting greet(Greeting hello) throws IOException {
    ByteQueue queue = new ByteQueue();
    new FrameWriter(queue).frame(Kind.HELLO, 0, 0, 0, hello.encode());
    ByteBuffer out = ByteBuffer.wrap(queue.array(), queue.head(), queue.size());
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
    queue.clear();
    FrameView frame = new FrameView();
    receive(queue, Limits.HEADER_BYTES);
    while (!frame.next(queue)) {
      receive(queue, frame.missingBytes(queue));
    }
    return switch (frame.kind()) {
      case Kind.WELCOME -> understood(Greeting.decode(frame));
      case Kind.REFUSED -> throw new RefusedException(frame.blobText());
      default -> throw new RefusedException(path + " answers a HELLO with " + frame);
    };
  }

  private static Greeting understood(Greeting welcome) {
    if (!welcome.refusal().isEmpty()) {
      throw new RefusedException(welcome.refusal());
    }
    return welcome;
  }

  /** Reads so many bytes and not one more: what follows WELCOME may be a doorbell. */
  private void receive(ByteQueue into, int count) throws IOException {
    int to = into.reserve(count);
    ByteBuffer in = ByteBuffer.wrap(into.array(), to, count);
    while (in.hasRemaining()) {
      int read = channel.read(in);
      if (read < 0) {
        throw new EOFException("the peer closed the connection instead of answering HELLO");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ);
      }
    }
    into.produced(count);
  }

  private void await(int interest) throws IOException {
    channel.register(selector, interest);
    if (selector.select(key -> {}, timeoutMillis) == 0) {
      throw new SocketTimeoutException("the peer is silent for " + timeoutMillis + " ms");
    }
  }
}
