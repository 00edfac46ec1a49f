package fonio.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Very many managers in one process and one thread, each with a connection of its own.
 *
 * <p>{@code --port N --managers N --workers N --window N --beat-ms N}: connects them to an
 * interchange on this machine, and ends when that closes one.
 */
public final class ManyManagers {
  /** So few greet at a time that a listener's queue does not overflow. */
  private static final int MOST_GREETING = 256;

  private static final long TICK_MILLIS = 100;

  private final SimulatedManager.Tools tools = new SimulatedManager.Tools();
  private final List<SimulatedManager> managers = new ArrayList<>();
  private final Selector selector;
  private final InetSocketAddress address;
  private final Map<String, String> capacity;
  private final String token;
  private int welcomed;
  private boolean closed;

  private ManyManagers(
      Selector selector, InetSocketAddress address, Map<String, String> capacity, String token) {
    this.selector = selector;
    this.address = address;
    this.capacity = capacity;
    this.token = token;
  }

  /** Runs until the interchange closes. */
  public static void main(String[] args) throws IOException {
    Words words = Words.of(args);
    Map<String, String> capacity =
        Map.of(
            "workers", Integer.toString(words.number("--workers", 1)),
            "window", Integer.toString(words.number("--window", 100)));
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), words.number("--port", 0));
    try (Selector selector = Selector.open()) {
      new ManyManagers(selector, address, capacity, DrivenInterchange.TOKEN)
          .run(words.number("--managers", 10_000), words.number("--beat-ms", 5_000));
    }
  }

  private void run(int count, int beatMillis) throws IOException {
    long nextBeatNanos = System.nanoTime();
    int beaten = 0;
    while (!closed) {
      for (int i = 0; i < 16 && managers.size() < count && greeting() < MOST_GREETING; i++) {
        connect();
      }
      selector.select(this::serve, managers.size() < count ? 1 : TICK_MILLIS);
      // Each has its own moment in the period, so that beats do not come all at once.
      for (; System.nanoTime() - nextBeatNanos > 0 && !closed; beaten++) {
        if (beaten % count < managers.size()) {
          managers.get(beaten % count).beat(tools);
        }
        nextBeatNanos += beatMillis * 1_000_000L / count;
      }
    }
  }

  private int greeting() {
    return managers.size() - welcomed;
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    SimulatedManager manager = new SimulatedManager(channel, key, capacity);
    key.attach(manager);
    Map<String, String> hello =
        Map.of(
            "role",
            "manager",
            "name",
            "manager-" + managers.size(),
            "host",
            "node-" + managers.size() + ".cluster",
            "pid",
            Integer.toString(1000 + managers.size()),
            "block",
            Integer.toString(managers.size() / 100),
            "token",
            token);
    managers.add(manager);
    manager.greet(hello, tools);
  }

  private void serve(SelectionKey key) {
    if (closed || !(key.attachment() instanceof SimulatedManager manager)) {
      return;
    }
    boolean before = manager.isWelcomed();
    try {
      closed = !manager.serve(tools);
    } catch (IOException e) {
      closed = true;
    }
    welcomed += manager.isWelcomed() && !before ? 1 : 0;
  }
}
