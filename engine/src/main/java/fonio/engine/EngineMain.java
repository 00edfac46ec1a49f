package fonio.engine;

import fonio.pool.Pool;
import fonio.transport.Greeter;
import fonio.transport.Link;
import fonio.transport.RefusedException;
import fonio.transport.RingFile;
import fonio.transport.RingLink;
import fonio.transport.Side;
import fonio.transport.SocketLink;
import fonio.wire.Greeting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The engine as a process of its own, for clients in other languages: {@code EngineMain
 * engine.properties}.
 *
 * <p>It connects to the client that started it and ends with it. Exit codes: 0 the client closed, 2
 * the configuration is not usable, 3 the client refused or is gone.
 */
public final class EngineMain {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private EngineMain() {}

  /** Runs one engine until its client closes or is gone. */
  public static void main(String[] args) {
    Thread.ofPlatform().daemon().name("fonio-prepare").start(Pool::prepare);
    System.exit(run(args));
  }

  private static int run(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: EngineMain engine.properties");
      return 2;
    }
    try {
      EngineConfig config = EngineConfig.read(Path.of(args[0]));
      try (EngineProcess process = EngineProcess.start(config, connect(config), System::nanoTime)) {
        process.run();
      }
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println("fonio engine: " + e.getMessage());
      return 2;
    } catch (RefusedException | java.io.UncheckedIOException e) {
      System.err.println("fonio engine: " + e.getMessage());
      return 3;
    }
  }

  private static Link connect(EngineConfig config) {
    Map<String, String> hello = new LinkedHashMap<>();
    hello.put("role", "engine");
    hello.put("pid", Long.toString(ProcessHandle.current().pid()));
    hello.put("token", config.token());
    hello.put("codec", "any");
    hello.put("byteorder", "little");
    hello.put("ring", config.rings() ? "1" : "0");
    RingFile file = config.rings() ? RingFile.open(config.segments().resolve("client.ring")) : null;
    Greeter.Welcomed peer = Greeter.connect(config.socket(), Greeting.of(hello), PATIENCE);
    return file == null
        ? new SocketLink(peer.channel())
        : new RingLink(peer.channel(), file, Side.UPPER);
  }
}
