package fonio.providers;

import fonio.api.ConfigurationException;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Opens providers by their settings. */
public final class Providers {
  private Providers() {}

  /**
   * The provider of the settings; nothing is started yet.
   *
   * @param log takes one line for every command that is run: its words, exit code and duration
   * @throws ConfigurationException if a key cannot be used
   */
  public static Provider open(ProviderSettings settings, Consumer<String> log) {
    return open(settings, System.getenv(), log);
  }

  /** The same, with the environment that commands get. */
  static Provider open(
      ProviderSettings settings, Map<String, String> environment, Consumer<String> log) {
    return switch (settings.kind()) {
      case "local" -> {
        Keys keys = Keys.of(settings, LocalProvider.KEYS);
        yield new LocalProvider(keys, commands(keys, environment, "30", log), log);
      }
      case "slurm" -> {
        Keys keys = Keys.of(settings, Slurm.KEYS);
        yield Slurm.provider(keys, commands(keys, environment, "10", log));
      }
      case "aws", "azure", "google_cloud" ->
          throw new ConfigurationException(
              "provider %s is not offered; start the machines by the cloud's own tools and use provider ssh for them, or run a batch system there and use its provider"
                  .formatted(settings.kind()));
      default ->
          throw new ConfigurationException(
              "there is no provider \"%s\"; use one of %s".formatted(settings.kind(), KINDS));
    };
  }

  private static final Set<String> KINDS = new java.util.TreeSet<>(Set.of("local", "slurm"));

  private static Commands commands(
      Keys keys, Map<String, String> environment, String absent, Consumer<String> log) {
    return new Commands(environment, keys.seconds("cmd_timeout", absent), log);
  }
}
