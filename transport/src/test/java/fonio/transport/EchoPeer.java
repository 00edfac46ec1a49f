package fonio.transport;

import fonio.wire.ByteQueue;
import fonio.wire.Greeting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A process that connects, greets, and sends back whatever it is sent, until its peer goes. */
final class EchoPeer {
  private EchoPeer() {}

  /** Takes the socket's path and that of the ring file, or nothing for sockets. */
  public static void main(String[] args) {
    Greeting hello = Greeting.of(Map.of("role", "worker", "pid", pid()));
    Greeter.Welcomed welcomed = Greeter.connect(Path.of(args[0]), hello, Duration.ofSeconds(20));
    ByteQueue queue = new ByteQueue();
    try (Link link = link(welcomed, args);
        LinkSet links = LinkSet.open()) {
      links.add(link);
      while (true) {
        int count = link.read(queue);
        if (count == Link.GONE) {
          return;
        }
        if (link.write(queue) == 0 && count == 0) {
          links.await(1_000_000_000L);
        }
      }
    }
  }

  private static String pid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static Link link(Greeter.Welcomed welcomed, String[] args) {
    return args.length == 1
        ? new SocketLink(welcomed.channel())
        : new RingLink(welcomed.channel(), RingFile.open(Path.of(args[1])), Side.LOWER);
  }
}
