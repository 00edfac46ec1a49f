package fonio.engine;

import fonio.transport.Greeter;
import fonio.transport.RefusedException;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An observer of a live run: asks its engine how it goes, or for its end. */
public final class ControlClient implements AutoCloseable {
  /** The name of the control socket in the segments folder of a run. */
  public static final String SOCKET = "control.sock";

  private final SocketChannel channel;
  private final Greeting welcome;
  private final Duration patience;
  private final ByteQueue in = new ByteQueue();
  private final FrameView frame = new FrameView();
  private int questions;

  private ControlClient(SocketChannel channel, Greeting welcome, Duration patience) {
    this.channel = channel;
    this.welcome = welcome;
    this.patience = patience;
  }

  /**
   * Connects to the engine of a run.
   *
   * @param segments the run's segments folder
   * @param token the run's token
   * @param patience how long the engine may be silent
   * @throws UncheckedIOException when it refuses, is gone or is silent
   */
  public static ControlClient connect(Path segments, String token, Duration patience) {
    Greeting hello = Greeting.of(Map.of("role", "observer", "token", token));
    try {
      Greeter.Welcomed peer = Greeter.connect(segments.resolve(SOCKET), hello, patience);
      return new ControlClient(peer.channel(), peer.welcome(), patience);
    } catch (RefusedException e) {
      throw lost("it refused: " + e.getMessage());
    }
  }

  /** What the engine said of the run at its welcome: {@code run}, {@code pid}, {@code client}. */
  public Map<String, String> facts() {
    return welcome.entries();
  }

  /** The engine's answer to a question. */
  public Map<String, String> ask(String question) {
    int number = ++questions;
    send(Kind.QUERY, number, question.getBytes(StandardCharsets.UTF_8));
    long deadline = System.nanoTime() + patience.toNanos();
    while (!frame.next(in)) {
      if (!receives(deadline)) {
        throw lost("the engine ended instead of answering");
      }
    }
    if (frame.kind() != Kind.ANSWER || frame.first() != number) {
      throw lost("the engine answers '" + question + "' with " + frame + " " + frame.blobText());
    }
    Map<String, String> entries =
        Lines.decode(frame.array(), frame.blobOffset(), frame.blobLength());
    in.consumed(frame.size());
    return entries;
  }

  /** Asks for the end of the run; whether it has come in time. */
  public boolean stop(Duration within) {
    send(Kind.CLOSE, 0, new byte[0]);
    long deadline = System.nanoTime() + within.toNanos();
    try {
      while (receives(deadline)) {
        in.clear();
      }
      return true;
    } catch (UncheckedIOException silent) {
      return false;
    }
  }

  private void send(int kind, int first, byte[] blob) {
    ByteQueue out = new ByteQueue(blob.length + 64);
    new FrameWriter(out).frame(kind, 0, 0, first, blob);
    ByteBuffer bytes = ByteBuffer.wrap(out.array(), out.head(), out.size());
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      while (bytes.hasRemaining()) {
        if (channel.write(bytes) == 0) {
          await(SelectionKey.OP_WRITE, deadline);
        }
      }
    } catch (IOException e) {
      throw lost("the engine is gone: " + e.getMessage());
    }
  }

  /** Takes what comes; false when the engine has ended the link. */
  private boolean receives(long deadline) {
    try {
      int at = in.reserve(1 << 16);
      ByteBuffer bytes = ByteBuffer.wrap(in.array(), at, 1 << 16);
      int count = channel.read(bytes);
      while (count == 0) {
        await(SelectionKey.OP_READ, deadline);
        count = channel.read(bytes);
      }
      in.produced(Math.max(0, count));
      return count > 0;
    } catch (java.net.SocketTimeoutException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      return false;
    }
  }

  private void await(int interest, long deadline) throws IOException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    try (Selector selector = Selector.open()) {
      channel.register(selector, interest);
      if (millis <= 0 || selector.select(key -> {}, millis) == 0) {
        throw new java.net.SocketTimeoutException("the engine is silent; it may be stopped");
      }
    }
  }

  private static UncheckedIOException lost(String why) {
    return new UncheckedIOException(new IOException(why));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
