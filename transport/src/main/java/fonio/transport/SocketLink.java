package fonio.transport;

import fonio.wire.ByteQueue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A link whose bytes go through its Unix socket. */
public final class SocketLink implements Link {
  private static final int BUFFER_BYTES = 1 << 17;

  private final SocketChannel channel;
  private final ByteBuffer buffer;
  private boolean wantsRoom;
  private boolean wantsInput = true;
  private boolean gone;

  /** Takes a connected channel, which it will close; the channel becomes non-blocking. */
  public SocketLink(SocketChannel channel) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try {
      channel.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException("the socket " + channel + " cannot be made non-blocking", e);
    }
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
  public boolean wantsRoom() {
    return wantsRoom;
  }

  @Override
  public boolean isGone() {
    return gone;
  }

  @Override
  public void wantInput(boolean wanted) {
    wantsInput = wanted;
  }

  @Override
  public boolean wantsInput() {
    return wantsInput;
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
  public SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    gone = true;
    wantsRoom = false;
    Sockets.close(channel);
  }
}
