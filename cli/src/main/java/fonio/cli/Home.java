package fonio.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder {@code .fonio}: its runs and their files, as {@code docs/state.md} describes it. */
record Home(Path folder) {
  Path database() {
    return folder.resolve("state.db");
  }

  Path run(String number) {
    return folder.resolve("runs").resolve(number);
  }

  /** All runs, the first one first. */
  List<PastRun> runs() {
    Path runs = folder.resolve("runs");
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .filter(f -> f.getFileName().toString().matches("\\d+"))
          .sorted(
              java.util.Comparator.comparingInt(f -> Integer.parseInt(f.getFileName().toString())))
          .map(Home::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The run with a number, written with or without leading zeros; the last one for "". */
  PastRun runNamed(String number) {
    List<PastRun> all = runs();
    if (all.isEmpty()) {
      throw new MissingException(
          "there is no run in " + folder + ": run something, or name another folder by --home");
    }
    if (number.isEmpty()) {
      return all.getLast();
    }
    return all.stream()
        .filter(r ->
            number.matches("\\d{1,9}") && Integer.parseInt(r.run()) == Integer.parseInt(number))
        .findFirst()
        .orElseThrow(() ->
            new MissingException(
                "there is no run %s in %s: it has %s to %s"
                    .formatted(number, folder, all.getFirst().run(), all.getLast().run())));
  }

  private static PastRun read(Path run) {
    Map<String, String> end = lines(run.resolve("run.properties"));
    Map<String, Long> account = new TreeMap<>();
    end.forEach((key, value) -> {
      if (value.matches("\\d{1,18}")) {
        account.put(key, Long.parseLong(value));
      }
    });
    long started = Optional.ofNullable(account.remove("started")).orElse(0L);
    long ended = Optional.ofNullable(account.remove("ended")).orElse(0L);
    Path journal = run.resolve("journal");
    String state =
        ended > 0
            ? "ended"
            : Files.isDirectory(journal)
                ? DurableState.of(journal, isAlive(run))
                : isAlive(run) ? "running" : "killed";
    return new PastRun(run.getFileName().toString(), state, started, ended, account);
  }

  /**
   * Whether the run's client lives and its sockets are still there: a number alone may be used
   * anew.
   */
  private static boolean isAlive(Path run) {
    Map<String, String> configuration = lines(run.resolve("engine.properties"));
    String client = client(run, configuration.getOrDefault("client_pid", ""));
    return client.matches("\\d{1,9}")
        && ProcessHandle.of(Long.parseLong(client)).isPresent()
        && Files.exists(Path.of(configuration.getOrDefault("segments", "/nowhere")));
  }

  /** The process of its client: of a durable run the one that took it up last. */
  private static String client(Path run, String first) {
    try {
      return Files.readString(run.resolve("client.lock")).strip();
    } catch (IOException none) {
      return first;
    }
  }

  private static Map<String, String> lines(Path file) {
    Map<String, String> entries = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .filter(line -> line.indexOf('=') > 0)
            .forEach(line ->
                entries.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
      } catch (IOException | UncheckedIOException unreadable) {
        return entries;
      }
    }
    return entries;
  }
}
