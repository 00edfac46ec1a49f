package fonio.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * An executor of worker processes on this machine: a crash ends a worker, not the run.
 *
 * <p>Functions, arguments and results travel, so they must be serializable; a worker has this
 * program's class path. Join apps make tasks of this run, so their bodies run in this JVM, on at
 * most ten threads.
 *
 * @param label its name
 * @param workers how many processes. Too low: cores are idle; too high: they take cores from each
 *     other
 * @param environment variables that workers have beside, or in place of, those of this program
 * @param workingDirectory the folder that workers start in; empty: this program's
 * @param cpuAffinity the cores that each worker may use: {@code none} (all), {@code block}, {@code
 *     alternating}, {@code block-reverse}, or {@code list:0,1:2,3}, the cores of each worker. Too
 *     few: a worker that has threads waits for itself; too many: workers move. Empty: that of
 *     {@code fonio.toml}, or {@code none}
 * @param maxTasksPerChild after how many tasks a worker is replaced. Too low: most of the time goes
 *     into starting JVMs; too high: what tasks leak stays. Empty: that of {@code fonio.toml}, or
 *     never
 * @param walltime how long a task may run: one that runs longer is ended with its worker and all
 *     processes that it started, and fails with {@link TaskTimeoutException}. Too low: long tasks
 *     never end; too high: one that hangs keeps its worker. Empty: for ever
 * @param jvmOptions options of the workers' JVMs, each one word: {@code -Xmx2g}
 * @param onWorkerLost what becomes of a task whose worker died
 */
public record DirectExecutor(
    String label,
    int workers,
    Map<String, String> environment,
    Optional<Path> workingDirectory,
    Optional<String> cpuAffinity,
    OptionalInt maxTasksPerChild,
    Optional<Duration> walltime,
    List<String> jvmOptions,
    OnWorkerLost onWorkerLost)
    implements ExecutorConfig {
  /** One worker a core, under the label {@code direct}. */
  public DirectExecutor() {
    this("direct", Runtime.getRuntime().availableProcessors());
  }

  /** So many workers; everything else is left open. */
  public DirectExecutor(String label, int workers) {
    this(
        label,
        workers,
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        List.of(),
        OnWorkerLost.RERUN);
  }

  public DirectExecutor {
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
    DirectChecks checks = new DirectChecks(label);
    checks.label(label);
    checks.workers(workers);
    checks.environment(environment);
    workingDirectory.ifPresent(checks::workingDirectory);
    int number = workers;
    cpuAffinity.ifPresent(policy -> checks.cpuAffinity(policy, number));
    maxTasksPerChild.ifPresent(checks::maxTasksPerChild);
    walltime.ifPresent(checks::walltime);
    jvmOptions.forEach(checks::jvmOption);
  }

  private DirectExecutor with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.made();
  }

  /** This executor with another number of {@link #workers()}. */
  public DirectExecutor withWorkers(int number) {
    return with(draft -> draft.workers = number);
  }

  /** This executor with another {@link #environment()}. */
  public DirectExecutor withEnvironment(Map<String, String> variables) {
    return with(draft -> draft.environment = variables);
  }

  /** This executor with another {@link #workingDirectory()}. */
  public DirectExecutor withWorkingDirectory(Path folder) {
    return with(draft -> draft.workingDirectory = Optional.of(folder));
  }

  /** This executor with another {@link #cpuAffinity()}. */
  public DirectExecutor withCpuAffinity(String policy) {
    return with(draft -> draft.cpuAffinity = Optional.of(policy));
  }

  /** This executor with other {@link #maxTasksPerChild()}. */
  public DirectExecutor withMaxTasksPerChild(int tasks) {
    return with(draft -> draft.maxTasksPerChild = OptionalInt.of(tasks));
  }

  /** This executor with another {@link #walltime()}. */
  public DirectExecutor withWalltime(Duration longest) {
    return with(draft -> draft.walltime = Optional.of(longest));
  }

  /** This executor with other {@link #jvmOptions()}. */
  public DirectExecutor withJvmOptions(String... words) {
    return with(draft -> draft.jvmOptions = List.of(words));
  }

  /** This executor with another {@link #onWorkerLost()}. */
  public DirectExecutor withOnWorkerLost(OnWorkerLost rule) {
    return with(draft -> draft.onWorkerLost = rule);
  }

  /** An executor that is being changed. */
  private static final class Draft {
    private final String label;
    private int workers;
    private Map<String, String> environment;
    private Optional<Path> workingDirectory;
    private Optional<String> cpuAffinity;
    private OptionalInt maxTasksPerChild;
    private Optional<Duration> walltime;
    private List<String> jvmOptions;
    private OnWorkerLost onWorkerLost;

    Draft(DirectExecutor of) {
      label = of.label;
      workers = of.workers;
      environment = of.environment;
      workingDirectory = of.workingDirectory;
      cpuAffinity = of.cpuAffinity;
      maxTasksPerChild = of.maxTasksPerChild;
      walltime = of.walltime;
      jvmOptions = of.jvmOptions;
      onWorkerLost = of.onWorkerLost;
    }

    DirectExecutor made() {
      return new DirectExecutor(
          label,
          workers,
          environment,
          workingDirectory,
          cpuAffinity,
          maxTasksPerChild,
          walltime,
          jvmOptions,
          onWorkerLost);
    }
  }
}
