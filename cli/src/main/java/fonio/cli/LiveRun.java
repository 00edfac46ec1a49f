package fonio.cli;

import fonio.engine.ControlClient;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A run that goes on, with an engine that answers questions.
 *
 * @param number its number, {@code 007}
 * @param segments the folder with its control socket
 * @param token its secret
 */
record LiveRun(String number, Path segments, String token) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Those of a folder, the first one first. */
  static List<LiveRun> of(Home home) {
    return home.runs().stream()
        .filter(PastRun::isRunning)
        .flatMap(run -> read(home, run.run()).stream())
        .toList();
  }

  /** The one with a number, written with or without leading zeros; the last one for "". */
  static LiveRun named(Home home, String number) {
    List<LiveRun> all = of(home);
    if (number.isEmpty()) {
      if (all.isEmpty()) {
        throw new MissingException(none(home));
      }
      return all.getLast();
    }
    PastRun run = home.runNamed(number);
    return all.stream()
        .filter(live -> live.number.equals(run.run()))
        .findFirst()
        .orElseThrow(() -> new MissingException(ended(run)));
  }

  /** That there is none, and what to do. */
  static String none(Home home) {
    Optional<PastRun> mute = home.runs().reversed().stream().filter(PastRun::isRunning).findFirst();
    if (mute.isPresent()) {
      return ended(mute.get());
    }
    return "no run goes on in "
        + home.folder()
        + ": name the folder of another program by --home, or look at those that ended by ./fonio"
        + " runs";
  }

  private static String ended(PastRun run) {
    return run.isRunning()
        ? "run %s has no control socket, as the engine is in its program or not up yet: ask the program itself"
            .formatted(run.run())
        : "run %s does not go on (%s): see ./fonio runs, and ./fonio logs --run %s"
            .formatted(run.run(), run.state(), run.run());
  }

  private static Optional<LiveRun> read(Home home, String number) {
    Properties keys = new Properties();
    try (Reader file = Files.newBufferedReader(home.run(number).resolve("engine.properties"))) {
      keys.load(file);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
    Path segments = Path.of(keys.getProperty("segments", ""));
    return Files.exists(segments.resolve(ControlClient.SOCKET))
        ? Optional.of(new LiveRun(number, segments, keys.getProperty("token", "")))
        : Optional.empty();
  }

  /** Connects to its engine. */
  ControlClient connect() {
    try {
      return ControlClient.connect(segments, token, PATIENCE);
    } catch (UncheckedIOException e) {
      throw unanswered(e);
    }
  }

  /** That the engine does not answer, and what to do. */
  MissingException unanswered(RuntimeException why) {
    return new MissingException(
        "the engine of run %s does not answer (%s): it may have ended just now, or be stopped; see ./fonio logs engine --run %s"
            .formatted(number, why.getMessage(), number));
  }
}
