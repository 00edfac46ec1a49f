package fonio.kubernetes;

import fonio.providers.Baggage;
import fonio.providers.BlockOrder;
import fonio.providers.Provider;
import fonio.providers.ProviderSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An API server that keeps what it is given, and says what a test wants it to say. */
final class FakeCluster implements AutoCloseable {
  static final String RUN = "0123456789";

  final KubernetesMockServer server;
  final NamespacedKubernetesClient admin;
  final List<String> log = new ArrayList<>();
  final AtomicLong nanoClock = new AtomicLong();
  final Path folder;

  private FakeCluster(Path folder) {
    Map<ServerRequest, Queue<ServerResponse>> answers = new HashMap<>();
    this.folder = folder;
    this.server =
        new KubernetesMockServer(
            new Context(),
            new MockWebServer(),
            answers,
            new KubernetesMixedDispatcher(answers),
            false);
    server.init();
    this.admin = server.createClient();
  }

  static FakeCluster in(Path folder) {
    return new FakeCluster(folder);
  }

  /** A kubeconfig for it. */
  Path kubeconfig() {
    return kubeconfig(folder.resolve("kubeconfig"), "http://localhost:" + server.getPort());
  }

  /** A kubeconfig for a server of this address. */
  static Path kubeconfig(Path file, String address) {
    try {
      Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: usual
          clusters: [{name: here, cluster: {server: "%s"}}, {name: nowhere, cluster: {server: "http://localhost:9"}}]
          users: [{name: me, user: {token: secret}}]
          contexts:
            - {name: usual, context: {cluster: here, user: me, namespace: elsewhere}}
            - {name: other, context: {cluster: nowhere, user: me}}
          """
              .formatted(address));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  /** A provider of pods with these keys. */
  Provider provider(Map<String, String> keys) {
    Map<String, String> all = new HashMap<>();
    all.put("image", "fonio:1");
    all.put("kubeconfig", kubeconfig().toString());
    all.put("cmd_timeout", "6");
    all.putAll(keys);
    PodSettings settings = PodSettings.of(new ProviderSettings("kubernetes", all));
    return new PodProvider(settings, new Cluster(settings.access()), log::add, nanoClock::get);
  }

  /** A block of so many nodes that reads a token. */
  BlockOrder order(String name, int nodes) {
    return order(RUN, name, nodes);
  }

  /** The same of some run. */
  BlockOrder order(String run, String name, int nodes) {
    Path token = folder.resolve("h.token");
    try {
      Files.writeString(token, "hush\n");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new BlockOrder(
        "fonio.h.block-" + name,
        "exec manager --block " + name,
        nodes,
        1,
        folder.resolve("blocks"),
        new Baggage(run, "h", Map.of("token", token)));
  }

  /** The name of a block's first pod. */
  static String pod(String block) {
    return "fonio-" + RUN + "-h-" + block + "-0";
  }

  /** Gives a pod a status, written as YAML. */
  void become(String pod, String yaml) {
    PodStatus status = Serialization.unmarshal("---\n" + yaml, PodStatus.class);
    Pod now = admin.pods().inNamespace("default").withName(pod).get();
    admin
        .pods()
        .inNamespace("default")
        .resource(new PodBuilder(now).withStatus(status).build())
        .updateStatus();
  }

  /** The names of the pods that there are. */
  List<String> pods() {
    return admin.pods().inNamespace("default").list().getItems().stream()
        .map(pod -> pod.getMetadata().getName())
        .toList();
  }

  /** Says something as the log of a pod. */
  void say(String pod, String text) {
    server
        .expect()
        .get()
        .withPath(
            "/api/v1/namespaces/default/pods/%s/log?container=manager&tailLines=200".formatted(pod))
        .andReturn(200, text)
        .always();
  }

  /** Forgets what it was asked, and returns it: method and path each. */
  List<String> asked() {
    List<String> all = new ArrayList<>();
    try {
      for (RecordedRequest request = server.takeRequest(0, TimeUnit.MILLISECONDS);
          request != null;
          request = server.takeRequest(0, TimeUnit.MILLISECONDS)) {
        all.add(request.getMethod() + " " + request.getPath());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return all;
  }

  @Override
  public void close() {
    admin.close();
    server.destroy();
  }
}
