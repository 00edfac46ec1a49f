package fonio.kubernetes;

import fonio.providers.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What outlives the blocks of an executor: the secret that its pods read, and pods that stayed. */
final class Leftovers {
  private static final Duration CLOSING = Duration.ofSeconds(4);
  private static final Duration MAKING = Duration.ofSeconds(60);
  private static final long POLL_NANOS = 20_000_000;

  private final Cluster cluster;
  private final ClusterAccess access;
  private final Consumer<String> log;
  private volatile @Nullable PodNames made;

  Leftovers(Cluster cluster, ClusterAccess access, Consumer<String> log) {
    this.cluster = cluster;
    this.access = access;
    this.log = log;
  }

  /** Makes the secret, unless it is there; waits for files that are being made. */
  void bring(PodNames names, Map<String, Path> files) {
    if (made != null) {
      return;
    }
    Map<String, byte[]> contents = new TreeMap<>();
    files.forEach((name, file) -> contents.put(name, read(file)));
    made = names;
    try {
      cluster.make(SecretManifest.of(names, access.namespace(), contents));
    } catch (ProviderException e) {
      made = null;
      throw e;
    }
    log.accept(
        "pods and their secret have the label %s=%s in namespace %s"
            .formatted(PodNames.RUN, names.run(), access.namespace()));
  }

  private byte[] read(Path file) {
    long deadline = System.nanoTime() + MAKING.toNanos();
    while (!Files.exists(file) && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ProviderException(
          "%s cannot be read: %s; start the run again".formatted(file, e), e);
    }
  }

  /** Deletes all that is left, within a few seconds. */
  void remove() {
    PodNames names = made;
    if (names == null) {
      return;
    }
    made = null;
    Thread removing = Thread.ofPlatform().daemon().name("fonio-pods").start(() -> remove(names));
    try {
      if (!removing.join(CLOSING)) {
        complain(names, "the API server did not answer in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void remove(PodNames names) {
    try {
      cluster.deleteSecret(names.secret());
      cluster.pods(names.owner()).stream()
          .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
          .forEach(pod -> cluster.deletePod(pod.getMetadata().getName()));
    } catch (ProviderException e) {
      complain(names, String.valueOf(e.getMessage()));
    }
  }

  private void complain(PodNames names, String why) {
    log.accept(
        "pods may be left: %s; delete them by `kubectl delete pod,secret --namespace %s --selector %s=%s`"
            .formatted(why, access.namespace(), PodNames.RUN, names.run()));
  }
}
