package fonio.kubernetes;

import fonio.providers.Keys;
import java.time.Duration;
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
}
