package fonio.interchange;

import fonio.transport.TlsIdentity;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an interchange is for and where it listens.
 *
 * @param label name of the executor, for people
 * @param listen address and port for managers; port 0 takes any that is free
 * @param tls gives the certificate of the run, asked when the first manager connects; empty: clear
 *     text
 * @param token secret of the run that a manager must know
 * @param codec prefix that the codec of a manager's workers must have
 * @param welcome what managers are told of the workers that they start
 * @param beat how often each side says something. Too short: traffic for nothing; too long: see
 *     lost
 * @param lost after how long a silent manager is taken for dead. Too short: a stall of the network
 *     makes tasks run twice; too long: the tasks of a dead node wait
 * @param selection which manager gets the next tasks
 */
public record InterchangeConfig(
    String label,
    InetSocketAddress listen,
    Optional<Supplier<TlsIdentity>> tls,
    String token,
    String codec,
    Map<String, String> welcome,
    Duration beat,
    Duration lost,
    Selection selection) {
  public InterchangeConfig {
    welcome = Map.copyOf(welcome);
    if (beat.isNegative() || beat.isZero() || lost.compareTo(beat) <= 0) {
      throw new IllegalArgumentException(
          "executor %s: heartbeat_threshold=%s s must be longer than heartbeat_period=%s s, and both above 0"
              .formatted(label, lost.toMillis() / 1000.0, beat.toMillis() / 1000.0));
    }
  }
}
