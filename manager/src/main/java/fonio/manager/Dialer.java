package fonio.manager;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Connects to the first address that answers, on a thread of its own, again and again. */
final class Dialer implements AutoCloseable {
  private static final int PROBE_MILLIS = 3_000;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long MOST_PAUSE_MILLIS = 2_000;

  private final List<InetSocketAddress> addresses;
  private final Runnable wakeup;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final AtomicReference<@Nullable SocketChannel> reached = new AtomicReference<>();
  private volatile @Nullable Thread thread;
  private volatile boolean closed;
  private volatile String problem = "";
  private volatile long firstPauseMillis;

  Dialer(List<InetSocketAddress> addresses, Runnable wakeup) {
    this.addresses = addresses;
    this.wakeup = wakeup;
  }

  /** Begins to dial, if it does not already. */
  void start() {
    if (thread == null && reached.get() == null && !closed) {
      Thread dialing = Thread.ofVirtual().name("fonio-dial").unstarted(this::dial);
      thread = dialing;
      dialing.start();
    }
  }

  /** The connection, once there is one; the caller's from then on. */
  @Nullable SocketChannel take() {
    return reached.getAndSet(null);
  }

  /** A connection was of use: the next one is tried for at once. */
  void welcomed() {
    firstPauseMillis = 0;
  }

  /** A connection ended without an answer: the next one is tried for after a pause that grows. */
  void turnedAway(String why) {
    problem = why;
    firstPauseMillis = Math.clamp(2 * firstPauseMillis, FIRST_PAUSE_MILLIS, MOST_PAUSE_MILLIS);
  }

  /** Why the last try failed. */
  String problem() {
    return problem;
  }

  private void dial() {
    long pause = firstPauseMillis;
    while (!closed) {
      try {
        Thread.sleep(pause == 0 ? 0 : pause / 2 + random.nextLong(pause));
      } catch (InterruptedException e) {
        return;
      }
      SocketChannel channel = tryAll();
      if (channel != null) {
        reached.set(channel);
        thread = null;
        wakeup.run();
        if (closed) {
          close();
        }
        return;
      }
      pause = Math.clamp(2 * pause, FIRST_PAUSE_MILLIS, MOST_PAUSE_MILLIS);
    }
  }

  private @Nullable SocketChannel tryAll() {
    StringBuilder failures = new StringBuilder();
    for (InetSocketAddress address : addresses) {
      try {
        SocketChannel channel = SocketChannel.open();
        try {
          channel.socket().connect(fresh(address), PROBE_MILLIS);
          return channel;
        } catch (IOException | RuntimeException e) {
          channel.close();
          throw e;
        }
      } catch (IOException | RuntimeException e) {
        failures
            .append(failures.isEmpty() ? "" : "; ")
            .append(address)
            .append(": ")
            .append(e.getMessage());
      }
    }
    problem = failures.toString();
    return null;
  }

  /** A name may have got another address since. */
  private static InetSocketAddress fresh(InetSocketAddress address) {
    return address.isUnresolved()
        ? new InetSocketAddress(address.getHostString(), address.getPort())
        : address;
  }

  @Override
  public void close() {
    closed = true;
    Thread dialing = thread;
    if (dialing != null) {
      dialing.interrupt();
    }
    SocketChannel channel = take();
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        problem = String.valueOf(e.getMessage());
      }
    }
  }
}
