package fonio.kubernetes;

import fonio.api.ConfigurationException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A namespace of a cluster, by the API server's calls; each ends within the time limit. */
final class Cluster implements AutoCloseable {
  private static final int CONFLICT = 409;
  private static final int TRIES = 3;
  private static final int LOG_LINES = 200;

  private final KubernetesClient client;
  private final String namespace;
  private final ApiFailure failure;

  Cluster(ClusterAccess access) {
    Config config = config(access);
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.namespace = access.namespace();
    this.failure = new ApiFailure(config.getMasterUrl(), access);
  }

  private static Config config(ClusterAccess access) {
    String context = access.context().orElse(null);
    Config found =
        access
            .kubeconfig()
            .map(File::new)
            .map(file -> kubeconfig(context, file))
            .orElseGet(() -> Config.autoConfigure(context));
    if (context != null
        && found.getContexts().stream().noneMatch(named -> context.equals(named.getName()))) {
      throw new ConfigurationException(
          "context of provider kubernetes is \"%s\", which the kubeconfig does not have; use one of %s"
              .formatted(
                  context, found.getContexts().stream().map(named -> named.getName()).toList()));
    }
    int perTryMillis = (int) Math.min(Integer.MAX_VALUE, access.limit().toMillis() / TRIES);
    return new ConfigBuilder(found)
        .withConnectionTimeout(perTryMillis)
        .withRequestTimeout(perTryMillis)
        .withRequestRetryBackoffLimit(TRIES - 1)
        .build();
  }

  private static Config kubeconfig(String context, File file) {
    if (!file.canRead()) {
      throw new ConfigurationException(
          "kubeconfig of provider kubernetes is \"%s\", which cannot be read; give the path of a kubeconfig, or leave it out"
              .formatted(file));
    }
    return Config.fromKubeconfig(context, file);
  }

  /** Makes a secret; one of this name is ours, and as good. */
  void make(Secret secret) {
    made(
        "make secret " + secret.getMetadata().getName(),
        () -> client.secrets().inNamespace(namespace).resource(secret).create());
  }

  /** Makes a pod; one of this name is ours: the answer to an earlier try was lost. */
  void make(Pod pod) {
    made(
        "make pod " + pod.getMetadata().getName(),
        () -> client.pods().inNamespace(namespace).resource(pod).create());
  }

  private void made(String what, Supplier<?> call) {
    try {
      call.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) {
        throw failure.of(what, e);
      }
    }
  }

  /** The pods with these labels. */
  List<Pod> pods(Map<String, String> labels) {
    return call(
        "list pods",
        () -> client.pods().inNamespace(namespace).withLabels(labels).list().getItems());
  }

  /** Deletes a pod; one that is gone is no error. */
  void deletePod(String name) {
    call("delete pod " + name, () -> client.pods().inNamespace(namespace).withName(name).delete());
  }

  /** Deletes a secret; one that is gone is no error. */
  void deleteSecret(String name) {
    call(
        "delete secret " + name,
        () -> client.secrets().inNamespace(namespace).withName(name).delete());
  }

  /** The last words of a pod; none where there is no such pod any more. */
  String log(String pod) {
    String path =
        "/api/v1/namespaces/%s/pods/%s/log?container=%s&tailLines=%d"
            .formatted(namespace, pod, PodManifest.CONTAINER, LOG_LINES);
    String text = call("read the log of pod " + pod, () -> client.raw(path));
    return text == null ? "" : text;
  }

  private <T> T call(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw failure.of(what, e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
