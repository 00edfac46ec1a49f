package fonio.transport;

import fonio.wire.ByteQueue;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A link over TCP, in clear text or by TLS.
 *
 * <p>It tells its owner when there is something to read or room to write, so that thousands of
 * silent ones cost a loop nothing. Whoever is told reads until {@link #isReady} is false.
 */
public final class TcpLink extends ChannelLink {
  private static final int BUFFER_BYTES = 1 << 17;
  private static final ThreadLocal<ByteBuffer> BUFFER =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

  private final @Nullable TlsSession tls;
  private Runnable whenReady = () -> {};
  private @Nullable SelectionKey key;
  private boolean ready = true;
  private String problem = "";

  private TcpLink(SocketChannel channel, @Nullable TlsSession tls) {
    super(channel);
    this.tls = tls;
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    } catch (IOException e) {
      lose(e);
    }
  }

  /** A link in clear text; it takes a connected channel, which it will close. */
  public static TcpLink clear(SocketChannel channel) {
    return new TcpLink(channel, null);
  }

  /** A link by TLS; it takes a connected channel, which it will close. */
  public static TcpLink encrypted(SocketChannel channel, SSLEngine engine) {
    return new TcpLink(channel, new TlsSession(engine));
  }

  /** Names who is told that the link has become ready: by the loop, or by a write that failed. */
  public void whenReady(Runnable told) {
    whenReady = told;
  }

  /** Whether there may be something to read. */
  public boolean isReady() {
    return ready;
  }

  /** Why the link was lost, empty when its peer just closed it. */
  public String problem() {
    return problem;
  }

  void registered(SelectionKey with) {
    key = with;
    setInterest();
  }

  @Override
  public int read(ByteQueue into) {
    if (gone) {
      ready = false;
      return GONE;
    }
    try {
      int moved = tls == null ? readClear(into) : tls.read(channel, into);
      if (moved < 0) {
        gone = true;
      }
      ready = gone ? moved > 0 : moved >= MOST_BYTES;
      setInterest();
      return moved;
    } catch (IOException e) {
      lose(e);
      ready = false;
      return GONE;
    }
  }

  private int readClear(ByteQueue into) throws IOException {
    ByteBuffer buffer = BUFFER.get();
    int moved = 0;
    while (moved < MOST_BYTES) {
      int count = channel.read(buffer.clear());
      if (count <= 0) {
        return moved > 0 ? moved : count;
      }
      into.put(buffer.flip());
      moved += count;
      if (count < BUFFER_BYTES) {
        break;
      }
    }
    return moved;
  }

  @Override
  public int write(ByteQueue from) {
    if (gone) {
      wantsRoom = false;
      return 0;
    }
    try {
      int moved = tls == null ? writeClear(from) : tls.write(channel, from);
      wantsRoom = !from.isEmpty() || (tls != null && tls.wantsRoom());
      setInterest();
      return moved;
    } catch (IOException e) {
      // What the peer sent before can still be read, and its end is found there.
      problem = String.valueOf(e.getMessage());
      wantsRoom = false;
      socketReady();
      return 0;
    }
  }

  private int writeClear(ByteQueue from) throws IOException {
    ByteBuffer buffer = BUFFER.get();
    int moved = 0;
    while (!from.isEmpty() && moved < MOST_BYTES) {
      int size = Math.min(from.size(), BUFFER_BYTES);
      int count = channel.write(buffer.clear().put(from.array(), from.head(), size).flip());
      from.consumed(count);
      moved += count;
      if (count < size) {
        break;
      }
    }
    return moved;
  }

  private void lose(IOException e) {
    problem = String.valueOf(e.getMessage());
    gone = true;
    wantsRoom = false;
    setInterest();
  }

  @Override
  public void wantInput(boolean wanted) {
    super.wantInput(wanted);
    setInterest();
  }

  private void setInterest() {
    if (key == null || !key.isValid()) {
      return;
    }
    boolean writes = tls == null ? wantsRoom : tls.wantsRoom();
    int ops =
        gone ? 0 : (wantsInput ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    if (key.interestOps() != ops) {
      key.interestOps(ops);
    }
  }

  @Override
  public boolean hasWork() {
    return false;
  }

  @Override
  public void prepareToSleep() {}

  @Override
  public void awake() {}

  @Override
  public void socketReady() {
    if (!ready) {
      ready = true;
      whenReady.run();
    }
  }

  @Override
  public void close() {
    gone = true;
    wantsRoom = false;
    Sockets.close(channel);
  }
}
