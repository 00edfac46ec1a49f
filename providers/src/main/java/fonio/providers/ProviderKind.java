package fonio.providers;

import java.util.Map;
import java.util.function.Consumer;

/**
 * A kind of provider that is not among those of this module; found by {@link
 * java.util.ServiceLoader}.
 */
public interface ProviderKind {
  /** Its word in {@link ProviderSettings}. */
  String word();

  /**
   * Opens a provider of this kind; nothing is started yet.
   *
   * @param environment of this process
   * @param log takes lines for people
   * @throws fonio.api.ConfigurationException if a key cannot be used
   */
  Provider open(ProviderSettings settings, Map<String, String> environment, Consumer<String> log);
}
