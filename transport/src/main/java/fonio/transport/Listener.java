package fonio.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A socket that peers connect to; the file of a Unix socket goes with it. */
public final class Listener implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final String name;
  private final @Nullable Path file;
  private final ServerSocketChannel channel;
  private boolean ready = true;

  private Listener(String name, @Nullable Path file, ServerSocketChannel channel) {
    this.name = name;
    this.file = file;
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
      return new Listener(path.toString(), path, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot listen on " + path + ": " + e.getMessage() + "; use a free, shorter path", e);
    }
  }

  /** Opens a listener on a TCP address; port 0 takes any that is free. */
  public static Listener open(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, BACKLOG);
      channel.configureBlocking(false);
      return new Listener(channel.getLocalAddress().toString(), null, channel);
    } catch (IOException e) {
      channel.close();
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  /** The TCP port that it listens on. */
  public int port() {
    return channel.socket().getLocalPort();
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
      throw new UncheckedIOException("cannot accept on " + name, e);
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
    if (file == null) {
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("the socket " + file + " cannot be removed", e);
    }
  }
}
