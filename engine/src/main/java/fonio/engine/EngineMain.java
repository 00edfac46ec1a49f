package fonio.engine;

import fonio.api.ConfigurationException;
import fonio.journal.JournalException;
import fonio.pool.Pool;
import fonio.providers.ProviderException;
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
 * <p>It connects to the client that started it once all that the configuration asks for is open,
 * and ends with it. Exit codes: 0 the client closed, 2 the configuration is not usable, 3 the
 * machine lacks something, or the client refused or is gone. For 2 and 3 the last it says is the
 * reason.
 */
public final class EngineMain {
  private static final String SAYS = "fonio engine: ";
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
    try (EngineProcess process = open(Path.of(args[0]))) {
      process.run();
      return 0;
    } catch (ConfigurationException e) {
      System.err.println(SAYS + e.getMessage());
      return 2;
    } catch (RefusedException | JournalException | ProviderException | UncheckedIOException e) {
      System.err.println(SAYS + e.getMessage());
      return 3;
    }
  }

  private static EngineProcess open(Path file) {
    try {
      EngineConfig config = EngineConfig.read(file);
      LinkSet links = LinkSet.open();
      RecoveredRun recovered =
          config.durability().isOn() ? RecoveredRun.open(config.run(), links::wakeup) : null;
      return EngineProcess.start(
          config,
          () -> connect(config, recovered == null ? null : recovered.writer()),
          links,
          recovered,
          System::nanoTime);
    } catch (IllegalArgumentException e) {
      throw e instanceof ConfigurationException
          ? e
          : new ConfigurationException(String.valueOf(e.getMessage()), e);
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
