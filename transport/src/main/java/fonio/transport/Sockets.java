package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channel;

/** What every owner of a channel does with it at its end. */
final class Sockets {
  private Sockets() {}

  static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + channel, e);
    }
  }
}
