package fonio.kubernetes;

import fonio.api.ConfigurationException;
import fonio.providers.Keys;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the API server is reached.
 *
 * @param kubeconfig a file of its own; empty: as {@code KUBECONFIG}, {@code ~/.kube/config} or the
 *     account of the pod that this runs in say
 * @param context of that file; empty: its current one
 * @param namespace where pods are made
 * @param limit how long a call may take
 */
record ClusterAccess(
    Optional<String> kubeconfig, Optional<String> context, String namespace, Duration limit) {

  static ClusterAccess of(Keys keys) {
    return new ClusterAccess(
        keys.line("kubeconfig"),
        keys.line("context"),
        keys.word("namespace").orElse("default"),
        keys.seconds("cmd_timeout", "10"));
  }

  /**
   * What the client goes by.
   *
   * @param tries how often a call is tried, within its time limit
   * @throws ConfigurationException if the kubeconfig or its context is not there
   */
  Config config(int tries) {
    Config found = found();
    context.ifPresent(name -> check(name, found));
    int perTryMillis = (int) Math.min(Integer.MAX_VALUE, limit.toMillis() / tries);
    return new ConfigBuilder(found)
        .withConnectionTimeout(perTryMillis)
        .withRequestTimeout(perTryMillis)
        .withRequestRetryBackoffLimit(tries - 1)
        .build();
  }

  private Config found() {
    if (kubeconfig.isEmpty()) {
      return context.isPresent()
          ? Config.autoConfigure(context.get())
          : new ConfigBuilder().build();
    }
    File file = new File(kubeconfig.get());
    if (!file.canRead()) {
      throw new ConfigurationException(
          "kubeconfig of provider kubernetes is \"%s\", which cannot be read; give the path of a kubeconfig, or leave it out"
              .formatted(file));
    }
    return context.isPresent()
        ? Config.fromKubeconfig(context.get(), file)
        : Config.fromKubeconfig(file);
  }

  private static void check(String context, Config found) {
    List<String> names = found.getContexts().stream().map(NamedContext::getName).toList();
    if (!names.contains(context)) {
      throw new ConfigurationException(
          "context of provider kubernetes is \"%s\", which the kubeconfig does not have; use one of %s"
              .formatted(context, names));
    }
  }
}
