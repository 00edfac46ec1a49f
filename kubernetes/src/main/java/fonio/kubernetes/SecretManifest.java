package fonio.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The secret that the pods of an executor read, as the API is told of it. */
final class SecretManifest {
  private SecretManifest() {}

  /**
   * The secret.
   *
   * @param files their contents, by their names
   */
  static Secret of(PodNames names, String namespace, Map<String, byte[]> files) {
    Map<String, String> labels = new TreeMap<>(PodNames.OURS);
    labels.putAll(names.owner());
    Map<String, String> data = new TreeMap<>();
    files.forEach((name, bytes) -> data.put(name, Base64.getEncoder().encodeToString(bytes)));
    return new SecretBuilder()
        .withNewMetadata()
        .withName(names.secret())
        .withNamespace(namespace)
        .withLabels(labels)
        .endMetadata()
        .withImmutable(true)
        .withData(data)
        .build();
  }
}
