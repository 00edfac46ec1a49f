package fonio.engine;

import fonio.journal.JournalException;
import fonio.pool.Pool;
import fonio.transport.Greeter;
import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.RefusedException;
import fonio.transport.RingFile;
import fonio.transport.RingLink;
import fonio.transport.Side;
import fonio.transport.SocketLink;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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
      run(EngineConfig.read(Path.of(args[0])));
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println("fonio engine: " + e.getMessage());
      return 2;
    } catch (RefusedException | JournalException | UncheckedIOException e) {
      System.err.println("fonio engine: " + e.getMessage());
      return 3;
    }
  }

  private static void run(EngineConfig config) {
    LinkSet links = LinkSet.open();
    RecoveredRun recovered =
        config.durability().isOn() ? RecoveredRun.open(config.run(), links::wakeup) : null;
    Link client = connect(config, recovered == null ? null : recovered.writer());
    links.add(client);
    try (EngineProcess process =
        EngineProcess.start(config, client, links, recovered, System::nanoTime)) {
      process.run();
    }
  }

  private static Link connect(EngineConfig config, @Nullable RunJournal journal) {
    RingFile file = config.rings() ? RingFile.open(config.segments().resolve("client.ring")) : null;
    Greeter.Welcomed peer =
        Greeter.connect(config.socket(), Hello.first(config, journal), PATIENCE);
    return file == null
        ? new SocketLink(peer.channel())
        : new RingLink(peer.channel(), file, Side.UPPER);
  }
}
