package fonio.transport;

import fonio.wire.ByteQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A link whose bytes go through its Unix socket. */
public final class SocketLink extends ChannelLink {
  private static final int BUFFER_BYTES = 1 << 17;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /** Takes a connected channel, which it will close; the channel becomes non-blocking. */
  public SocketLink(SocketChannel channel) {
    super(channel);
  }

  @Override
  public int read(ByteQueue into) {
    int moved = 0;
    while (moved < MOST_BYTES) {
      buffer.clear();
      int count = receive();
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

  private int receive() {
    try {
      int count = channel.read(buffer);
      gone |= count < 0;
      return count;
    } catch (IOException e) {
      gone = true;
      return GONE;
    }
  }

  @Override
  public int write(ByteQueue from) {
    int moved = 0;
    while (!from.isEmpty() && !gone && moved < MOST_BYTES) {
      int size = Math.min(from.size(), BUFFER_BYTES);
      buffer.clear().put(from.array(), from.head(), size).flip();
      int count = send();
      from.consumed(count);
      moved += count;
      if (count < size) {
        break;
      }
    }
    wantsRoom = !from.isEmpty() && !gone;
    return moved;
  }

  /** A peer that cannot be written to may still have sent something: reading finds the end. */
  private int send() {
    try {
      return channel.write(buffer);
    } catch (IOException e) {
      gone = true;
      return 0;
    }
  }

  @Override
  public boolean hasWork() {
    return gone && wantsInput;
  }

  @Override
  public void prepareToSleep() {}

  @Override
  public void awake() {}

  @Override
  public void socketReady() {}

  @Override
  public void close() {
    gone = true;
    wantsRoom = false;
    Sockets.close(channel);
  }
}
