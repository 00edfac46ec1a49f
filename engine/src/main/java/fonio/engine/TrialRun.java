package fonio.engine;

import fonio.interchange.InterchangeConfig;
import fonio.interchange.Selection;
import fonio.interchange.Trial;
import fonio.interchange.TrialPlan;
import fonio.transport.LinkSet;
import fonio.wire.FunctionDefinition;
import fonio.worker.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An interchange by hand, without a run: it shows whether managers reach it, and how fast. */
public final class TrialRun implements AutoCloseable {
  private static final Duration BEAT = Duration.ofSeconds(5);
  private static final Duration LOST = Duration.ofSeconds(15);
  private static final int PINGS = 200;
  private static final long MOST_SLEEP_NANOS = 200_000_000;

  private final LinkSet links = LinkSet.open();
  private final Path folder;
  private final Secrets secrets;
  private final Trial trial;
  private final String invitation;
  private volatile boolean stopped;

  /**
   * Listens for managers.
   *
   * @param say takes lines for people
   */
  public TrialRun(TrialConfig config, Consumer<String> say) throws IOException {
    Reach reach = reach(config.address());
    String token = token();
    Files.createDirectories(config.folder());
    folder = Files.createTempDirectory(config.folder().toAbsolutePath(), "interchange-");
    secrets =
        Secrets.write(folder, "interchange", token, config.encrypted().orElse(!reach.isLoopback()));
    try {
      secrets.certificate().ifPresent(RunCertificate::identity);
      trial =
          reach.open(
              config.port(),
              PortRange.USUAL,
              address ->
                  new Trial(
                      interchange(address, token),
                      new TrialPlan(probe(), Math.min(PINGS, config.tasks()), config.tasks()),
                      links,
                      System::nanoTime,
                      say));
    } catch (RuntimeException e) {
      removeAll();
      throw e;
    }
    invitation =
        ManagerCommand.invitation(reach.with(trial.port()), secrets.token(), secrets.key());
  }

  private static Reach reach(String address) throws IOException {
    if (address.isEmpty()) {
      return Reach.everywhere();
    }
    Reach loopback = Reach.loopback(address);
    return loopback.isLoopback() ? loopback : new Reach("", List.of(address));
  }

  private static String token() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private InterchangeConfig interchange(InetSocketAddress address, String token) {
    return new InterchangeConfig(
        "interchange",
        address,
        secrets.identity(),
        token,
        JavaWorkers.CODEC,
        JavaWorkers.bare(),
        BEAT,
        LOST,
        Selection.named("random"));
  }

  private static FunctionDefinition probe() {
    return Probe.definition(1);
  }

  /** The words of the command {@code manager} that start one for it. */
  public String invitation() {
    return invitation;
  }

  /** Whether links are encrypted. */
  public boolean isEncrypted() {
    return secrets.key().isPresent();
  }

  /**
   * Serves until so many managers have answered all tasks, or it is stopped.
   *
   * @param managers 0 for no end
   * @param patience how long that may take; empty: for ever
   * @return whether so many have
   */
  public boolean run(int managers, Optional<Duration> patience) {
    long begin = System.nanoTime();
    long most = patience.map(Duration::toNanos).orElse(Long.MAX_VALUE);
    while (!stopped && (managers == 0 || trial.passed() < managers)) {
      if (System.nanoTime() - begin > most) {
        return false;
      }
      int work = trial.doWork();
      long sleep = Math.min(MOST_SLEEP_NANOS, trial.sleepNanos(System.nanoTime()));
      links.await(work > 0 ? 0 : Math.max(1, sleep));
    }
    return !stopped;
  }

  /** How many managers have answered all tasks. */
  public int passed() {
    return trial.passed();
  }

  /** Ends {@link #run} soon; any thread may call it. */
  public void stop() {
    stopped = true;
    links.wakeup();
  }

  /** Ends its managers, and removes its secrets. */
  @Override
  public void close() {
    trial.close();
    removeAll();
  }

  private void removeAll() {
    links.close();
    secrets.close();
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " was not removed; remove it by hand", e);
    }
  }
}
