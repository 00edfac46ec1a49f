package fonio.engine;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a client asks of its engine process: the file {@code engine.properties}, keys as in {@code
 * docs/protocol.md} section 7.
 */
record EngineConfig(
    Path run,
    Path state,
    Path socket,
    Path workersSocket,
    Path segments,
    Path spill,
    String token,
    boolean rings,
    int ringCapacity,
    long clientPid,
    Duration holdResults,
    Checkpoint checkpoint,
    Duration checkpointPeriod,
    boolean memoize,
    Durability durability,
    Scaling scaling,
    List<ExecutorSettings> executors) {

  /** When results of memoized tasks become durable. */
  enum Checkpoint {
    NONE,
    TASK_EXIT,
    PERIODIC,
    DFK_EXIT,
    MANUAL
  }

  /** One executor, and what all workers share. */
  record ExecutorSettings(int workers, ExecutorKeys keys, WorkerSettings shared) {
    String label() {
      return keys.label();
    }

    /** Whether its workers are processes of this machine that the engine itself starts. */
    boolean isDirect() {
      return keys.text("kind", "direct").equals("direct");
    }
  }

  /** What the workers of every executor have in common: how they are started and where they run. */
  record WorkerSettings(
      String python,
      List<String> flags,
      String script,
      Path workingDirectory,
      int umask,
      List<String> searchPath,
      boolean initializer) {}

  /** The folder of payloads that are too large for a frame: on disk when they must last. */
  Path payloads() {
    return durability.isOn() ? spill : segments;
  }

  static EngineConfig read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read the engine's configuration " + file + ": " + e.getMessage(), e);
    }
    return new Keys(file, properties).config();
  }

  /** Reads typed values and names the key and the file in every complaint. */
  private record Keys(Path file, Properties properties) {

    EngineConfig config() {
      WorkerSettings shared =
          new WorkerSettings(
              text("python"),
              words("worker_flags"),
              text("worker_script"),
              Path.of(text("cwd")),
              number("umask"),
              numbered("path."),
              number("initializer") != 0);
      List<ExecutorSettings> executors = new ArrayList<>();
      for (int n = 0; properties.containsKey("executor." + n + ".label"); n++) {
        String prefix = "executor." + n + ".";
        Map<String, String> keys = new TreeMap<>();
        keys.put(ExecutorKeys.PATIENCE, properties.getProperty(ExecutorKeys.PATIENCE, ""));
        for (String name : properties.stringPropertyNames()) {
          if (name.startsWith(prefix)) {
            keys.put(name.substring(prefix.length()), properties.getProperty(name));
          }
        }
        executors.add(
            new ExecutorSettings(
                number(prefix + "workers"),
                new ExecutorKeys(text(prefix + "label"), keys),
                shared));
      }
      if (executors.isEmpty()) {
        throw bad("executor.0.label", "", "name at least one executor");
      }
      return new EngineConfig(
          Path.of(text("run")),
          Path.of(text("state")),
          Path.of(text("socket")),
          Path.of(text("workers_socket")),
          Path.of(text("segments")),
          Path.of(text("spill")),
          text("token"),
          number("ring") != 0,
          number("ring_capacity"),
          Long.parseLong(text("client_pid")),
          Duration.ofNanos(1000L * number("hold_results_us")),
          checkpoint(),
          Duration.ofMillis(number("checkpoint_period_ms")),
          number("memoize") != 0,
          durability(),
          new Scaling(
              properties.getProperty("strategy", "simple"),
              seconds("strategy_period", "5"),
              seconds("max_idletime", "120")),
          executors);
    }

    private Durability durability() {
      return flag("durable")
          ? new Durability(true, flag("keep"), flag("attached"), flag("quiet"), number("epoch"))
          : Durability.OFF;
    }

    private boolean flag(String key) {
      return properties.getProperty(key, "0").strip().equals("1");
    }

    private Checkpoint checkpoint() {
      String word = text("checkpoint");
      return switch (word) {
        case "none" -> Checkpoint.NONE;
        case "task_exit" -> Checkpoint.TASK_EXIT;
        case "periodic" -> Checkpoint.PERIODIC;
        case "dfk_exit" -> Checkpoint.DFK_EXIT;
        case "manual" -> Checkpoint.MANUAL;
        default ->
            throw bad("checkpoint", word, "use none, task_exit, periodic, dfk_exit or manual");
      };
    }

    private String text(String key) {
      String value = properties.getProperty(key);
      if (value == null) {
        throw bad(key, "", "the client must give it");
      }
      return value;
    }

    private Duration seconds(String key, String otherwise) {
      String value = properties.getProperty(key, otherwise);
      try {
        return Duration.ofMillis((long) (1000 * Double.parseDouble(value)));
      } catch (NumberFormatException e) {
        throw bad(key, value, "it must be a number of seconds");
      }
    }

    private int number(String key) {
      String value = text(key).strip();
      try {
        return Integer.parseInt(value);
      } catch (NumberFormatException e) {
        throw bad(key, value, "it must be a whole number");
      }
    }

    private List<String> words(String key) {
      String value = text(key).strip();
      return value.isEmpty() ? List.of() : List.of(value.split("\\s+", -1));
    }

    private List<String> numbered(String prefix) {
      List<String> values = new ArrayList<>();
      for (int n = 0; properties.containsKey(prefix + n); n++) {
        values.add(text(prefix + n));
      }
      return values;
    }

    private IllegalArgumentException bad(String key, String value, String next) {
      return new IllegalArgumentException(
          "engine configuration " + file + ": " + key + "=" + value + " is not usable; " + next);
    }
  }
}
