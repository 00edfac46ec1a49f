package fonio.engine;

import fonio.api.Config;
import fonio.api.Engine;

/** The way in for Java programs. */
public final class Fonio {
  private Fonio() {}

  /** Starts a run in this JVM; it ends when the engine is closed. */
  public static Engine start(Config config) {
    return new Library(config);
  }

  /** Starts a run with one thread a core. */
  public static Engine start() {
    return start(Config.defaults());
  }
}
