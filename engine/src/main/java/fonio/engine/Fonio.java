package fonio.engine;

import fonio.api.Config;
import fonio.api.Engine;
import fonio.worker.WorkerMain;
import java.nio.file.Path;

/** The way in for Java programs. */
public final class Fonio {
  private Fonio() {}

  /**
   * Starts a run in this JVM; it ends when the engine is closed.
   *
   * @throws fonio.api.ConfigurationException if a setting cannot be used, wherever it comes from
   * @throws IllegalStateException inside a worker process
   */
  public static Engine start(Config config) {
    if (WorkerMain.isRunning()) {
      throw new IllegalStateException(
          "a task cannot start an engine inside its worker process: call the inner apps from a join app, which runs in the program");
    }
    Path here = Path.of("").toAbsolutePath();
    return new Library(Settings.of(config, Outside.of(System.getenv(), here)));
  }

  /** Starts a run that leaves its settings to {@code fonio.toml} and the defaults. */
  public static Engine start() {
    return start(Config.defaults());
  }
}
