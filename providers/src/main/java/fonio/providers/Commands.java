package fonio.providers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The commands of other programs, run to their end within a time limit and logged.
 *
 * <p>Programs are looked up on the {@code PATH} of the environment that they get.
 */
final class Commands {
  private static final File NOTHING = new File("/dev/null");

  private final Map<String, String> environment;
  private final Duration limit;
  private final Consumer<String> log;

  /**
   * Assigns.
   *
   * @param log takes one line for every command
   */
  Commands(Map<String, String> environment, Duration limit, Consumer<String> log) {
    this.environment = Map.copyOf(environment);
    this.limit = limit;
    this.log = log;
  }

  /** Runs a command without input. */
  CommandResult run(List<String> words) {
    return run(words, NOTHING);
  }

  /** Runs a command that reads a file. */
  CommandResult run(List<String> words, File input) {
    long begin = System.nanoTime();
    Process process;
    try {
      process = builder(words).redirectInput(input).start();
    } catch (IOException e) {
      throw new ProviderException(
          "`%s` could not be started: %s".formatted(String.join(" ", words), e.getMessage()), e);
    }
    Drain stdout = Drain.of(process.getInputStream());
    Drain stderr = Drain.of(process.getErrorStream());
    try {
      boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        killTree(process);
        log.accept(line(words, "killed", begin));
        throw new ProviderException(
            "`%s` did not end within %d s and was killed; raise cmd_timeout, or look whether the batch system answers: %s"
                .formatted(String.join(" ", words), limit.toSeconds(), stderr.soFar().strip()));
      }
      log.accept(line(words, "exit " + process.exitValue(), begin));
      Duration rest = limit.minusNanos(System.nanoTime() - begin);
      return new CommandResult(
          List.copyOf(words), process.exitValue(), stdout.whole(rest), stderr.whole(rest));
    } catch (InterruptedException e) {
      killTree(process);
      Thread.currentThread().interrupt();
      throw new ProviderException(
          "`%s` was interrupted and killed".formatted(String.join(" ", words)), e);
    }
  }

  /** A process of the words, in the environment; its streams are the caller's. */
  ProcessBuilder builder(List<String> words) {
    List<String> resolved = new ArrayList<>(words);
    resolved.set(0, program(words.getFirst()).toString());
    ProcessBuilder builder = new ProcessBuilder(resolved);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private Path program(String name) {
    return find(name)
        .orElseThrow(() ->
            new ProviderException(
                "there is no program %s on PATH=%s; install it, load its module, or put its folder on PATH"
                    .formatted(name, environment.getOrDefault("PATH", ""))));
  }

  private Optional<Path> find(String name) {
    for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path file = Path.of(folder.isEmpty() ? "." : folder, name).toAbsolutePath();
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static void killTree(Process process) {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  private static String line(List<String> words, String end, long beginNanos) {
    long millis = (System.nanoTime() - beginNanos) / 1_000_000;
    return "%s: %s in %d ms".formatted(String.join(" ", words), end, millis);
  }
}
