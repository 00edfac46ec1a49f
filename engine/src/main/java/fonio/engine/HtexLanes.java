package fonio.engine;

import fonio.engine.EngineConfig.ExecutorSettings;
import fonio.executors.HtexLane;
import fonio.interchange.InterchangeConfig;
import fonio.interchange.Selection;
import fonio.transport.LinkSet;
import fonio.transport.Segments;
import fonio.transport.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Opens the lanes of executors whose workers are on other nodes. */
final class HtexLanes {
  private final EngineConfig config;
  private final ExecutorSettings executor;
  private final Reach reach;

  private HtexLanes(EngineConfig config, ExecutorSettings executor) throws IOException {
    this.config = config;
    this.executor = executor;
    this.reach = reach();
  }

  /** Opens a lane: it listens, and asks for its first blocks. */
  static HtexLane open(
      EngineConfig config,
      int lane,
      Dataflow dataflow,
      Segments segments,
      LinkSet links,
      LongSupplier nanoClock) {
    try {
      return new HtexLanes(config, config.executors().get(lane))
          .open(lane, dataflow, segments, links, nanoClock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "executor %s cannot start: %s"
              .formatted(config.executors().get(lane).label(), e.getMessage()),
          e);
    }
  }

  private HtexLane open(
      int lane, Dataflow dataflow, Segments segments, LinkSet links, LongSupplier nanoClock)
      throws IOException {
    Path token = config.run().toAbsolutePath().resolve(executor.label() + ".token");
    writeSecret(token);
    Optional<Path> key =
        encrypted()
            ? Optional.of(config.run().toAbsolutePath().resolve("tls.p12"))
            : Optional.empty();
    Optional<Supplier<TlsIdentity>> tls = key.map(this::identity);
    int[] range = range();
    HtexLane opened =
        reach.open(
            (int) executor.number("worker_port", 0),
            range[0],
            range[1],
            address ->
                new HtexLane(
                    lane,
                    dataflow.kernel(),
                    dataflow.payloads(),
                    dataflow.reports(),
                    interchange(address, tls),
                    segments,
                    links,
                    nanoClock));
    ManagerCommand command =
        new ManagerCommand(
            reach.with(opened.port()),
            token,
            key.map(file -> List.of("--tls", file.toString())).orElse(List.of()),
            limits());
    opened.nodes(new BlockNodes(config, executor, command, opened, nanoClock, links::wakeup));
    opened.invitation(command.invitation());
    return opened;
  }

  private InterchangeConfig interchange(
      InetSocketAddress address, Optional<Supplier<TlsIdentity>> tls) {
    return new InterchangeConfig(
        executor.label(),
        address,
        tls,
        config.token(),
        "python-",
        PoolConfigs.remote(config, executor),
        seconds("heartbeat_period", 5),
        seconds("heartbeat_threshold", 15),
        Selection.named(executor.text("manager_selector", "random")));
  }

  private Reach reach() throws IOException {
    String address = executor.text("address", "");
    if (!address.isEmpty()) {
      return new Reach("", List.of(address));
    }
    return executor.text("provider", "local").equals("local")
        ? Reach.loopback(executor.text("loopback_address", "127.0.0.1"))
        : Reach.everywhere();
  }

  private boolean encrypted() {
    String asked = executor.text("encrypted", "");
    return asked.isEmpty() ? !reach.isLoopback() : asked.equals("1");
  }

  private int[] range() {
    String[] bounds = executor.text("worker_port_range", "54000-55000").split("-", -1);
    return Stream.of(bounds).mapToInt(Integer::parseInt).toArray();
  }

  private Duration seconds(String key, long otherwise) {
    return Duration.ofMillis((long) (1000 * executor.decimal(key, otherwise)));
  }

  /**
   * How long managers take tasks: as the executor says, or as the jobs of their blocks may last.
   */
  private List<String> limits() {
    String drain = executor.text("drain_period", "");
    if (!drain.isEmpty()) {
      return List.of("--walltime", drain);
    }
    Duration walltime = executor.walltime();
    return walltime.isZero() ? List.of() : List.of("--walltime", "" + walltime.toSeconds());
  }

  private void writeSecret(Path file) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, config.token() + "\n");
  }

  /** Makes the certificate while the first blocks start. */
  private Supplier<TlsIdentity> identity(Path file) {
    FutureTask<TlsIdentity> made =
        new FutureTask<>(() -> {
          if (!Files.exists(file)) {
            TlsIdentity.create(file, config.token());
          }
          return TlsIdentity.load(file, config.token());
        });
    Thread.ofPlatform().daemon().name("fonio-key").start(made);
    return () -> {
      try {
        return made.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(String.valueOf(e.getCause().getMessage()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    };
  }
}
