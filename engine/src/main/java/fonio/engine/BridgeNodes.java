package fonio.engine;

import fonio.api.ConfigurationException;
import fonio.executors.HtexLane;
import fonio.executors.Nodes;
import fonio.interchange.ManagerInfo;
import fonio.providers.BlockOrder;
import fonio.providers.JobState;
import fonio.providers.JobStatus;
import fonio.providers.Provider;
import fonio.providers.ProviderSettings;
import fonio.providers.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The bridge process of an executor: started here, and again when it dies, a few times. */
final class BridgeNodes implements Nodes {
  private static final int MOST_STARTS = 4;
  private static final long LOOK_NANOS = 50_000_000;
  private static final long YOUNG_NANOS = 30_000_000_000L;
  private static final long CLOSING_NANOS = 2_500_000_000L;
  private static final int TAIL_LINES = 12;

  private final String label;
  private final Consumer<String> log;
  private final Path folder;
  private final Command command;
  private final Provider provider;
  private final HtexLane lane;
  private final LongSupplier nanoClock;
  private String job = "";
  private String failure = "";
  private int starts;
  private long startedAtNanos;
  private long nextLookNanos;

  BridgeNodes(
      HtexPlan plan, String address, Path tokenFile, HtexLane lane, LongSupplier nanoClock) {
    this.label = plan.label();
    this.log = plan.log();
    this.folder = plan.run().resolve("blocks");
    this.command = Command.of(plan, address, tokenFile);
    this.lane = lane;
    this.nanoClock = nanoClock;
    this.provider =
        Providers.open(new ProviderSettings("local", Map.of("launcher", "simple")), log);
    start();
  }

  private void start() {
    starts++;
    startedAtNanos = nanoClock.getAsLong();
    String name = label + "-" + starts;
    job = provider.submit(new BlockOrder("fonio." + name, command.text(name), 1, 1, folder));
  }

  @Override
  public int doWork(long outstanding) {
    long now = nanoClock.getAsLong();
    if (now - nextLookNanos < 0) {
      return 0;
    }
    nextLookNanos = now + LOOK_NANOS;
    if (!failure.isEmpty()) {
      lane.fail(failure);
      return 0;
    }
    JobStatus status = status();
    if (status.state() == JobState.RUNNING) {
      return 0;
    }
    ended(status, now);
    return 1;
  }

  private JobStatus status() {
    return provider
        .status(List.of(job))
        .getOrDefault(
            job, new JobStatus(JobState.MISSING, "nobody knows it", OptionalInt.empty(), "", ""));
  }

  private void ended(JobStatus status, long now) {
    String why =
        "the bridge of executor %s ended with exit code %s; its last words, in %s:%n%s"
            .formatted(
                label,
                status.exitCode().isPresent() ? status.exitCode().getAsInt() : "unknown",
                folder.resolve("fonio." + label + "-" + starts + ".err"),
                lastLines(status.stderrTail()));
    log.accept(why);
    if (now - startedAtNanos > YOUNG_NANOS) {
      starts = 0;
    }
    if (starts < MOST_STARTS && !command.isHopeless(status)) {
      start();
    } else {
      failure = why;
      lane.fail(failure);
    }
  }

  private static String lastLines(String text) {
    List<String> lines = text.strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
  }

  @Override
  public long sleepNanos(long nowNanos) {
    return Math.max(0, nextLookNanos - nowNanos);
  }

  @Override
  public void joined(ManagerInfo manager, int workers) {}

  /** Looks at once. */
  @Override
  public void left(ManagerInfo manager, String why) {
    nextLookNanos = nanoClock.getAsLong();
  }

  @Override
  public Map<String, String> unmanned() {
    return Map.of();
  }

  @Override
  public void dismiss(String block, String who) {}

  @Override
  public List<String> describe() {
    String state = failure.isEmpty() ? status().state().name() : "given up";
    return List.of("bridge %s, started %d times, %s".formatted(label, starts, state));
  }

  /** Gives it a moment to end its executor in order, and ends what is left. */
  @Override
  public void close() {
    long until = nanoClock.getAsLong() + CLOSING_NANOS;
    while (status().state() == JobState.RUNNING && nanoClock.getAsLong() - until < 0) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    provider.close();
  }

  /**
   * The shell text that starts a bridge process, whose interpreter has no flags: some libraries
   * give theirs on to their workers.
   *
   * @param start words that start the interpreter
   * @param script the program of a bridge
   * @param address where it reaches the interchange, {@code HOST:PORT}
   * @param tokenFile file with the secret of the run
   */
  private record Command(String start, Path script, String address, Path tokenFile) {
    private static final String SCRIPT = "_bridge.py";

    /** A name for {@code PATH}, or an absolute place. */
    private static final Pattern PLAIN =
        Pattern.compile("[A-Za-z0-9_.:+@%-]+|/[A-Za-z0-9_./:+@%-]+");

    /** It says this when its executor cannot be made, which another try would not change. */
    private static final int NO_EXECUTOR = 69;

    static Command of(HtexPlan plan, String address, Path tokenFile) {
      List<String> words = new ArrayList<>();
      for (int n = 0; plan.told().containsKey("command." + n); n++) {
        words.add(plan.told().get("command." + n));
      }
      String python = quoted(words.getFirst());
      String start = plan.executor().text("launch", "{python}").replace("{python}", python);
      check(plan.label(), start.strip().split("\\s+", 2)[0], SearchPath.own());
      return new Command(
          start, Path.of(words.getLast()).resolveSibling(SCRIPT), address, tokenFile);
    }

    /** Looks for the program that is started, where it is no matter for a shell. */
    private static void check(String label, String program, SearchPath path) {
      if (PLAIN.matcher(program).matches() && !path.has(program)) {
        throw new ConfigurationException(
            "executor %s: its bridge is started by %s, which is not there or not on %s; set python or launch to a program that is, or load its module"
                .formatted(label, program, path));
      }
    }

    /**
     * The text.
     *
     * @param name of the process, which no other of the run has
     */
    String text(String name) {
      return "exec "
          + start
          + " "
          + List.of(script.toString(), address, tokenFile.toString(), name, name).stream()
              .map(Command::quoted)
              .collect(Collectors.joining(" "));
    }

    /** Whether it makes no sense to start it again. */
    boolean isHopeless(JobStatus status) {
      return status.exitCode().orElse(0) == NO_EXECUTOR;
    }

    private static String quoted(String word) {
      return word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
  }
}
