package fonio.manager;

import static java.nio.charset.StandardCharsets.UTF_8;

import fonio.testkit.Deadline;
import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** An interchange that does what a test says, for one manager. */
final class ScriptedInterchange implements AutoCloseable {
  static final String TOKEN = "0123456789abcdef0123456789abcdef";
  private static final Path PACKAGE = Path.of("..", "python", "src").toAbsolutePath().normalize();
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** A function that executes its one argument, as source of Python. */
  private static final FunctionDefinition EXEC =
      new FunctionDefinition(
          1, FunctionDefinition.PYTHON, "exec", "cbuiltins\nexec\n.".getBytes(UTF_8));

  private final ServerSocketChannel server;
  private final Path folder;

  ScriptedInterchange(Path folder) throws IOException {
    this.folder = folder;
    server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.configureBlocking(false);
  }

  int port() {
    return server.socket().getLocalPort();
  }

  /** The next connection, whose HELLO has come. */
  Session accept() throws IOException {
    Deadline deadline = Deadline.in(PATIENCE);
    Optional<SocketChannel> channel = Optional.empty();
    while (channel.isEmpty()) {
      deadline.check("a manager connects");
      channel = Optional.ofNullable(server.accept());
      Thread.onSpinWait();
    }
    Session session = new Session(channel.get(), PATIENCE);
    session.until("HELLO", () -> session.heard.remove("HELLO"));
    return session;
  }

  /** A connection that is welcomed, for a manager of one worker. */
  Session welcome(boolean resumed) throws IOException {
    Session session = accept();
    session.welcome(entries(resumed));
    return session;
  }

  /** A first connection; the manager has said what it can take and knows class 1. */
  Session join() throws IOException {
    Session session = welcome(false);
    session.until("CAPACITY", () -> session.heard.remove("CAPACITY window=1 workers=1"));
    EXEC.encode(session.writer);
    new ClassDefinition(1, 1, Map.of("name", "exec")).encode(session.writer);
    return session;
  }

  Map<String, String> entries(boolean resumed) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("resumed", resumed ? "1" : "0");
    entries.put("beat_ms", "5000");
    entries.put("lost_ms", "15000");
    entries.put("command.0", "python3");
    entries.put("command.1", "-E");
    entries.put("command.2", "-S");
    entries.put("command.3", PACKAGE.resolve("fonio/_worker.py").toString());
    entries.put("path.0", PACKAGE.toString());
    entries.put("cwd", folder.toString());
    entries.put("umask", "63");
    entries.put("codec", "python-");
    entries.put("initializer", "0");
    entries.put("max_workers_per_node", "1");
    return entries;
  }

  /** A tuple of one text, as marshal version 2 has it. */
  static byte[] marshal(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(10 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) '(')
        .putInt(1)
        .put((byte) 'u')
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
