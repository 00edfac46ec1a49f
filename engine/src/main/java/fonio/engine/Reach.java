package fonio.engine;

import fonio.api.ConfigurationException;
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

  /**
   * Opens something at a port that is given, or at one of a range that is free.
   *
   * @param port 0 for one of the range
   * @throws ConfigurationException if it cannot be opened there
   */
  <T> T open(int port, PortRange range, Opened<T> opens) {
    if (port > 0) {
      try {
        return opens.at(address(port));
      } catch (IOException e) {
        throw new ConfigurationException(
            "%s; name another port, or end the program that has it".formatted(e.getMessage()), e);
      }
    }
    int start = RandomGenerator.getDefault().nextInt(range.ports());
    String taken = "";
    for (int i = 0; i < Math.min(TRIES, range.ports()); i++) {
      try {
        return opens.at(address(range.port(start + i)));
      } catch (IOException e) {
        taken = String.valueOf(e.getMessage());
      }
    }
    throw new ConfigurationException(
        "no port of worker_port_range=%s can be used: %s; name other ports, or another address"
            .formatted(range, taken));
  }

  private InetSocketAddress address(int port) {
    if (listen.isEmpty()) {
      return new InetSocketAddress(port);
    }
    InetSocketAddress address = new InetSocketAddress(listen, port);
    if (address.isUnresolved()) {
      throw new ConfigurationException(
          "there is no host %s to listen on; name an address of this machine".formatted(listen));
    }
    return address;
  }

  /** The hosts with a port. */
  List<String> with(int port) {
    return hosts.stream().map(host -> host + ":" + port).toList();
  }
}
