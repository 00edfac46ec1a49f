package fonio.providers;

import fonio.api.ConfigurationException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Opens providers by their settings. */
public final class Providers {
  private static final List<String> KINDS =
      List.of(
          "local",
          "ssh",
          "slurm",
          "pbspro",
          "torque",
          "lsf",
          "grid_engine",
          "condor",
          "kubernetes");

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
      case "ssh" -> {
        Keys keys = Keys.of(settings, SshProvider.KEYS);
        yield new SshProvider(keys, commands(keys, environment, "30", log), log);
      }
      case "slurm" -> {
        Keys keys = Keys.of(settings, Slurm.KEYS);
        yield Slurm.provider(keys, commands(keys, environment, "10", log));
      }
      case "pbspro" -> {
        Keys keys = Keys.of(settings, Pbs.PRO_KEYS);
        yield Pbs.pro(keys, commands(keys, environment, "120", log));
      }
      case "torque" -> {
        Keys keys = Keys.of(settings, Pbs.TORQUE_KEYS);
        yield Pbs.torque(keys, commands(keys, environment, "120", log));
      }
      case "lsf" -> {
        Keys keys = Keys.of(settings, Lsf.KEYS);
        yield Lsf.provider(keys, commands(keys, environment, "120", log));
      }
      case "grid_engine" -> {
        Keys keys = Keys.of(settings, GridEngine.KEYS);
        yield GridEngine.provider(keys, commands(keys, environment, "60", log));
      }
      case "condor" -> {
        Keys keys = Keys.of(settings, Condor.KEYS);
        yield Condor.provider(keys, commands(keys, environment, "60", log));
      }
      case "aws", "azure", "google_cloud" ->
          throw new ConfigurationException(
              "provider %s is not offered; start the machines by the cloud's own tools and use provider ssh for them, or run a batch system there and use its provider"
                  .formatted(settings.kind()));
      case "kubernetes" ->
          LazyKind.of("kubernetes").load(environment).open(settings, environment, log);
      default ->
          throw new ConfigurationException(
              "there is no provider \"%s\"; use one of %s".formatted(settings.kind(), KINDS));
    };
  }

  private static Commands commands(
      Keys keys, Map<String, String> environment, String absent, Consumer<String> log) {
    return new Commands(environment, keys.seconds("cmd_timeout", absent), log);
  }
}
