package fonio.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Both ends of one link, in this process. */
record LinkPair(Link upper, Link lower) implements AutoCloseable {
  static LinkPair ofSockets(Path folder) throws IOException {
    SocketChannel[] channels = connected(folder);
    return new LinkPair(new SocketLink(channels[0]), new SocketLink(channels[1]));
  }

  static LinkPair ofRings(Path folder, int capacity) throws IOException {
    SocketChannel[] channels = connected(folder);
    Path path = folder.resolve("client.ring");
    RingFile upper = RingFile.create(path, capacity);
    RingFile lower = RingFile.open(path);
    upper.unlink();
    return new LinkPair(
        new RingLink(channels[0], upper, Side.UPPER), new RingLink(channels[1], lower, Side.LOWER));
  }

  static SocketChannel[] connected(Path folder) throws IOException {
    Path path = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      SocketChannel lower = SocketChannel.open(UnixDomainSocketAddress.of(path));
      return new SocketChannel[] {server.accept(), lower};
    } finally {
      Files.deleteIfExists(path);
    }
  }

  static LinkPair ofTcp(
      Function<SocketChannel, TcpLink> makeUpper, Function<SocketChannel, TcpLink> makeLower)
      throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      SocketChannel lower = SocketChannel.open(server.getLocalAddress());
      return new LinkPair(makeUpper.apply(server.accept()), makeLower.apply(lower));
    }
  }

  @Override
  public void close() {
    upper.close();
    lower.close();
  }
}
