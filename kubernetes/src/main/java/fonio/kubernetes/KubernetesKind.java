package fonio.kubernetes;

import fonio.providers.Provider;
import fonio.providers.ProviderKind;
import fonio.providers.ProviderSettings;
import java.util.Map;
import java.util.function.Consumer;

/** The provider {@code kubernetes}. */
public final class KubernetesKind implements ProviderKind {
  @Override
  public String word() {
    return "kubernetes";
  }

  @Override
  public Provider open(
      ProviderSettings settings, Map<String, String> environment, Consumer<String> log) {
    PodSettings pods = PodSettings.of(settings);
    return new PodProvider(pods, new Cluster(pods.access()), log, System::nanoTime);
  }
}
