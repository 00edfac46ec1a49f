package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;

/** What all links have: a socket, and what is known and wanted of it. */
abstract sealed class ChannelLink implements Link permits RingLink, SocketLink, TcpLink {
  final SocketChannel channel;
  boolean wantsRoom;
  boolean wantsInput = true;
  boolean gone;

  /** Takes a connected channel, which the link will close; the channel becomes non-blocking. */
  ChannelLink(SocketChannel channel) {
    this.channel = channel;
    try {
      channel.configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException("the socket " + channel + " cannot be made non-blocking", e);
    }
  }

  @Override
  public final boolean wantsRoom() {
    return wantsRoom;
  }

  @Override
  public final boolean isGone() {
    return gone;
  }

  @Override
  public void wantInput(boolean wanted) {
    wantsInput = wanted;
  }

  @Override
  public final boolean wantsInput() {
    return wantsInput;
  }

  @Override
  public final SocketChannel channel() {
    return channel;
  }
}
