package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/** What every owner of a channel does with it at its end. */
final class Sockets {
  private Sockets() {}

  /** Who is at the other end, for people. */
  static String peer(SocketChannel channel) {
    try {
      return String.valueOf(channel.getRemoteAddress());
    } catch (IOException e) {
      return "a peer that is gone";
    }
  }

  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + channel, e);
    }
  }
}
