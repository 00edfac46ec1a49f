package fonio.transport;

import fonio.wire.ByteQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A link whose bytes go through two rings; its socket is doorbell and sign of life. */
public final class RingLink extends ChannelLink {
  private static final int BELLS = 256;

  private final RingFile file;
  private final Ring in;
  private final Ring out;
  private final ByteBuffer bells = ByteBuffer.allocateDirect(BELLS);
  private boolean closed;

  /** Takes a connected channel and the mapped rings, and will close both. */
  public RingLink(SocketChannel channel, RingFile file, Side side) {
    super(channel);
    if (file.capacity() == 0) {
      throw new IllegalArgumentException("a ring file of capacity 0 belongs to a SocketLink");
    }
    this.file = file;
    this.in = side == Side.UPPER ? file.up(false) : file.down(false);
    this.out = side == Side.UPPER ? file.down(true) : file.up(true);
  }

  /** The shared memory: its words beside the rings. */
  public RingFile file() {
    return file;
  }

  @Override
  public int read(ByteQueue into) {
    if (closed) {
      return GONE;
    }
    boolean wasGone = gone;
    int count = in.read(into, MOST_BYTES);
    if (count == 0) {
      return wasGone ? GONE : 0;
    }
    if (in.takeProducerSleeps()) {
      ring();
    }
    return count;
  }

  @Override
  public int write(ByteQueue from) {
    if (from.isEmpty() || gone) {
      wantsRoom = false;
      return 0;
    }
    int count = out.write(from, MOST_BYTES);
    wantsRoom = !from.isEmpty();
    if (count > 0 && out.takeConsumerSleeps()) {
      ring();
    }
    return count;
  }

  /** A full socket holds bells that the peer has not heard yet, so that one more is not needed. */
  private void ring() {
    bells.clear().put((byte) 1).flip();
    try {
      channel.write(bells);
    } catch (IOException e) {
      gone = true;
    }
  }

  @Override
  public void socketReady() {
    try {
      int count;
      do {
        bells.clear();
        count = channel.read(bells);
      } while (count == BELLS);
      gone |= count < 0;
    } catch (IOException e) {
      gone = true;
    }
  }

  @Override
  public boolean hasWork() {
    return !closed && ((wantsInput && (gone || in.hasInput())) || (wantsRoom && out.hasRoom()));
  }

  @Override
  public void prepareToSleep() {
    if (closed) {
      return;
    }
    if (wantsInput) {
      in.consumerSleeps(true);
    }
    if (wantsRoom) {
      out.producerSleeps(true);
    }
  }

  @Override
  public void awake() {
    if (closed) {
      return;
    }
    in.consumerSleeps(false);
    out.producerSleeps(false);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      gone = true;
      wantsRoom = false;
      Sockets.close(channel);
      file.close();
    }
  }
}
