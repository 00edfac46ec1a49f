package fonio.kubernetes;

import fonio.providers.Baggage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A node of a cluster: runs the pods of an API server as processes of this machine. */
final class Kubelet {
  private static final long LOOK_NANOS = 20_000_000;

  private final FakeCluster cluster;
  private final KubernetesClient api;
  private final Path folder;
  private final Map<String, Process> running = new HashMap<>();
  private final Thread thread;
  private volatile boolean stopped;

  Kubelet(FakeCluster cluster, Path folder) {
    this.cluster = cluster;
    this.api = cluster.admin;
    this.folder = folder;
    this.thread = Thread.ofPlatform().daemon().name("kubelet").start(this::run);
  }

  private void run() {
    while (!stopped) {
      List<Pod> pods = api.pods().inNamespace("default").list().getItems();
      pods.forEach(this::see);
      Set<String> names =
          pods.stream().map(pod -> pod.getMetadata().getName()).collect(Collectors.toSet());
      running.forEach((name, process) -> {
        if (!names.contains(name)) {
          process.destroy();
        }
      });
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void see(Pod pod) {
    String name = pod.getMetadata().getName();
    Process process = running.get(name);
    if (process == null) {
      running.put(name, start(pod, name));
      cluster.become(name, "{phase: Running}");
    } else if (!process.isAlive() && pod.getStatus().getPhase().equals("Running")) {
      cluster.say(name, read(folder.resolve(name)));
      cluster.become(
          name,
          "{phase: %s, containerStatuses: [{name: manager, state: {terminated: {exitCode: %d}}}]}"
              .formatted(process.exitValue() == 0 ? "Succeeded" : "Failed", process.exitValue()));
    }
  }

  /** Starts the command of a pod; where its secret is mounted, the command finds a folder. */
  private Process start(Pod pod, String name) {
    String secretName = pod.getSpec().getVolumes().getFirst().getSecret().getSecretName();
    Secret secret = api.secrets().inNamespace("default").withName(secretName).get();
    try {
      Path mount = Files.createDirectories(folder.resolve(name + ".secret"));
      for (Map.Entry<String, String> file : secret.getData().entrySet()) {
        Files.write(mount.resolve(file.getKey()), Base64.getDecoder().decode(file.getValue()));
      }
      List<String> words =
          pod.getSpec().getContainers().getFirst().getCommand().stream()
              .map(word -> word.replace(Baggage.FOLDER.toString(), mount.toString()))
              .toList();
      return new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(folder.resolve(name).toFile())
          .directory(folder.toFile())
          .start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The processes of its pods. */
  List<Process> processes() {
    return List.copyOf(running.values());
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
    running.values().forEach(Process::destroyForcibly);
  }
}
