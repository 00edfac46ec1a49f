import org.jspecify.annotations.NullMarked;

/** Blocks that are pods of a Kubernetes cluster. */
@NullMarked
module fonio.kubernetes {
  requires fonio.api;
  requires fonio.providers;
  requires java.net.http;
  requires kubernetes.client.api;
  requires kubernetes.model.core;
  requires kubernetes.model.common;
  requires static org.jspecify;

  provides fonio.providers.ProviderKind with
      fonio.kubernetes.KubernetesKind;
}
