package fonio.engine;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where managers reach an interchange.
 *
 * @param listen the address that it listens on; empty for all of this machine
 * @param hosts names or addresses that managers try, in this order
 */
record Reach(String listen, List<String> hosts) {
  private static final int TRIES = 50;

  /** This machine alone. */
  static Reach loopback(String address) {
    return new Reach(address, List.of(address));
  }

  /** All addresses of this machine. */
  static Reach everywhere() throws IOException {
    List<String> hosts = new ArrayList<>();
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (network.isUp() && !network.isLoopback()) {
        for (InetAddress address : Collections.list(network.getInetAddresses())) {
          if (address instanceof Inet4Address) {
            hosts.add(address.getHostAddress());
          }
        }
      }
    }
    hosts.add("127.0.0.1");
    return new Reach("", hosts);
  }

  /** Whether nothing of it leaves this machine. */
  boolean isLoopback() {
    try {
      return !listen.isEmpty() && InetAddress.getByName(listen).isLoopbackAddress();
    } catch (IOException e) {
      return false;
    }
  }

  /** Something that is made at an address, which may be taken. */
  interface Opened<T> {
    T at(InetSocketAddress address) throws IOException;
  }

  /** Opens something at a port that is given, or at one of a range that is free. */
  <T> T open(int port, int from, int to, Opened<T> opens) throws IOException {
    if (port > 0) {
      return opens.at(address(port));
    }
    int start = RandomGenerator.getDefault().nextInt(Math.max(1, to - from));
    IOException taken = new IOException("no port of " + from + "-" + to + " is free");
    for (int i = 0; i < Math.min(TRIES, to - from); i++) {
      try {
        return opens.at(address(from + (start + i) % (to - from)));
      } catch (IOException e) {
        taken = e;
      }
    }
    throw new IOException(
        "no port of worker_port_range=%d-%d can be used: %s"
            .formatted(from, to, taken.getMessage()),
        taken);
  }

  private InetSocketAddress address(int port) {
    return listen.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(listen, port);
  }

  /** The hosts with a port. */
  List<String> with(int port) {
    return hosts.stream().map(host -> host + ":" + port).toList();
  }
}
