package fonio.engine;

import fonio.executors.HtexLane;
import fonio.interchange.InterchangeConfig;
import fonio.interchange.Selection;
import fonio.transport.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the lanes of executors whose workers are on other nodes. */
final class HtexLanes {
  private static final String OF_BRIDGE = "bridge.";

  private final HtexPlan plan;
  private final ExecutorKeys executor;
  private final Reach reach;

  private HtexLanes(HtexPlan plan) throws IOException {
    this.plan = plan;
    this.executor = plan.executor();
    this.reach = reach();
  }

  /**
   * Opens a lane: it listens, and asks for its first blocks.
   *
   * @throws fonio.api.ConfigurationException if a setting of the executor cannot be used
   */
  static HtexLane open(int lane, HtexPlan plan, Surroundings around) {
    try {
      return new HtexLanes(plan).open(lane, around);
    } catch (IllegalArgumentException e) {
      throw plan.executor().unusable(e);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "executor %s cannot start: %s".formatted(plan.label(), e.getMessage()), e);
    }
  }

  /** What fails leaves nothing, but what managers of a former engine need to find the next one. */
  private HtexLane open(int lane, Surroundings around) throws IOException {
    KeptPort port = KeptPort.of(plan.run(), executor.label());
    Secrets secrets = Secrets.write(plan.run(), executor.label(), plan.token(), encrypted());
    HtexLane opened;
    try {
      opened = listen(lane, port, secrets, around);
    } catch (RuntimeException e) {
      if (port.number() == 0) {
        secrets.close();
      }
      throw e;
    }
    opened.atEnd(secrets::close);
    try {
      staff(opened, port, secrets, around);
    } catch (IOException | RuntimeException e) {
      if (port.number() == 0) {
        opened.close();
      }
      throw e;
    }
    return opened;
  }

  private HtexLane listen(int lane, KeptPort port, Secrets secrets, Surroundings around) {
    return reach.open(
        (int) executor.number("worker_port", port.number()),
        PortRange.of(
            "worker_port_range", executor.text("worker_port_range", PortRange.USUAL.toString())),
        address ->
            new HtexLane(
                lane,
                around.kernel(),
                around.payloads(),
                around.outcomes(),
                interchange(address, secrets.identity()),
                around.segments(),
                around.safekeeping(),
                around.links(),
                around.nanoClock(),
                plan.log()));
  }

  /** Names who looks after the nodes of a lane that listens. */
  private void staff(HtexLane opened, KeptPort port, Secrets secrets, Surroundings around)
      throws IOException {
    port.keep(opened.port());
    List<String> addresses = reach.with(opened.port());
    if (executor.text("kind", "htex").equals("bridge")) {
      opened.nodes(
          new BridgeNodes(plan, addresses.getFirst(), secrets.token(), opened, around.nanoClock()));
      return;
    }
    ManagerCommand command =
        ManagerCommand.of(plan, addresses, secrets.token(), secrets.key(), limits());
    KeptManagers managers =
        KeptManagers.of(
            plan.run(),
            executor.label(),
            executor.text("provider", "local"),
            new BlockNodes(plan, command, opened, around.nanoClock(), around.links()::wakeup));
    opened.nodes(managers);
    if (port.number() > 0) {
      opened.await(managers.former(), executor.seconds(ExecutorKeys.PATIENCE, 5), managers::forget);
    }
    opened.invitation(command.invitation());
  }

  private InterchangeConfig interchange(
      InetSocketAddress address, Optional<Supplier<TlsIdentity>> tls) {
    return new InterchangeConfig(
        executor.label(),
        address,
        tls,
        plan.token(),
        plan.codec(),
        welcome(),
        executor.seconds("heartbeat_period", 5),
        executor.seconds("heartbeat_threshold", 15),
        Selection.named(executor.text("manager_selector", "random")));
  }

  /** What managers are told; a bridge also what it makes its executor of. */
  private Map<String, String> welcome() {
    Map<String, String> told = new LinkedHashMap<>(plan.told());
    executor.under(OF_BRIDGE).forEach((key, value) -> told.put(OF_BRIDGE + key, value));
    return told;
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
}
