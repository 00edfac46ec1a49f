package fonio.kubernetes;

import fonio.providers.ProviderException;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * What is said of a call that failed: the server's words, and what to do next.
 *
 * @param server the API server's address
 * @param access how it was reached
 */
record ApiFailure(String server, ClusterAccess access) {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int INVALID = 422;

  /**
   * The error.
   *
   * @param what was to be done, such as {@code make pod fonio-1}
   */
  ProviderException of(String what, RuntimeException failure) {
    int code = failure instanceof KubernetesClientException told ? told.getCode() : 0;
    String text =
        code > 0
            ? "the API server %s did not %s in namespace %s: %d, %s; %s"
                .formatted(server, what, access.namespace(), code, words(failure), advice(code))
            : "the API server %s was not reached to %s: %s; look whether `kubectl%s cluster-info` answers, and whether this is the cluster that is meant (kubeconfig, context, KUBECONFIG)"
                .formatted(server, what, cause(failure), context());
    return new ProviderException(text, failure);
  }

  private String context() {
    return access.kubeconfig().map(file -> " --kubeconfig " + file).orElse("")
        + access.context().map(name -> " --context " + name).orElse("");
  }

  private String advice(int code) {
    return switch (code) {
      case UNAUTHORIZED ->
          "renew the credentials of the kubeconfig, for example by `kubectl get pods`";
      case FORBIDDEN ->
          "let an administrator allow it: docs/scaling.md has the role that is needed, or name a namespace where you have it";
      case NOT_FOUND ->
          "name a namespace that there is: `kubectl%s get namespaces`".formatted(context());
      case INVALID -> "correct the parameter of the provider that this names";
      default -> code >= 500 ? "look how the cluster is" : "correct what this names";
    };
  }

  private static String words(RuntimeException failure) {
    Status status = failure instanceof KubernetesClientException told ? told.getStatus() : null;
    String message = status == null ? null : status.getMessage();
    return message == null || message.isBlank() ? String.valueOf(failure.getMessage()) : message;
  }

  /** The innermost cause that has words, in ours where the JDK has none. */
  private static String cause(Throwable failure) {
    String words = "";
    for (Throwable at = failure; at != null; at = at.getCause()) {
      String message = String.valueOf(at.getMessage());
      words =
          switch (at) {
            case HttpTimeoutException _, TimeoutException _ -> "it did not answer in time";
            case UnknownHostException _, UnresolvedAddressException _ -> "nobody knows the host";
            case ConnectException _ -> at.getMessage() == null ? "connection refused" : message;
            case SSLException _ -> message;
            case FileNotFoundException _ -> message;
            default -> at.getMessage() == null ? words : message;
          };
    }
    return words.isEmpty() ? failure.toString() : words;
  }
}
