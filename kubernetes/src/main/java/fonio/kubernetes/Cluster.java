package fonio.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
    Config config = access.config(TRIES);
    this.client = new KubernetesClientBuilder().withConfig(config).build();
    this.namespace = access.namespace();
    this.failure = new ApiFailure(config.getMasterUrl().replaceFirst("/$", ""), access);
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
      var _ = call.get();
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
