package fonio.engine;

import fonio.api.Config;
import fonio.api.ConfigurationException;
import java.nio.file.Path;

/**
 * A look at what is set outside of a program before the program starts: exit code 2 and a sentence
 * if a run could not use it.
 */
public final class SettingsMain {
  private SettingsMain() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    try {
      Settings.of(Config.defaults(), Outside.of(System.getenv(), Path.of("").toAbsolutePath()));
    } catch (ConfigurationException e) {
      System.err.println("fonio: " + e.getMessage());
      System.exit(2);
    }
  }
}
