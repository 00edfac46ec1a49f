package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A Unix socket that peers connect to; its file goes with it. */
public final class Listener implements AutoCloseable {
  private final Path path;
  private final ServerSocketChannel channel;
  private boolean ready = true;

  private Listener(Path path, ServerSocketChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Opens a listener on a path that is free and of at most 107 bytes. */
  public static Listener open(Path path) {
    try {
      ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        channel.bind(UnixDomainSocketAddress.of(path), 256);
        channel.configureBlocking(false);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      return new Listener(path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + path + ": " + e.getMessage() + "; use a free, shorter path", e);
    }
  }

  /** The next connection, empty when none waits; no system call unless the set found one. */
  public Optional<SocketChannel> accept() {
    if (!ready) {
      return Optional.empty();
    }
    try {
      SocketChannel peer = channel.accept();
      ready = peer != null;
      return Optional.ofNullable(peer);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot accept on " + path, e);
    }
  }

  ServerSocketChannel channel() {
    return channel;
  }

  void socketReady() {
    ready = true;
  }

  @Override
  public void close() {
    Sockets.close(channel);
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("the socket " + path + " cannot be removed", e);
    }
  }
}
