package fonio.manager;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a manager is started; all else it is told by its interchange.
 *
 * @param addresses where the interchange may be; the first that answers is taken
 * @param token secret of the run
 * @param tls file with the certificate of the run; empty: clear text
 * @param name its name, which no other manager of the run has
 * @param block the block that it belongs to, empty for none
 * @param walltime how long it may live; before that it takes no more tasks and ends. Empty: for
 *     ever
 */
public record ManagerOptions(
    List<InetSocketAddress> addresses,
    String token,
    Optional<Path> tls,
    String name,
    String block,
    Optional<Duration> walltime) {
  public ManagerOptions {
    addresses = List.copyOf(addresses);
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a manager needs the address of an interchange");
    }
  }
}
