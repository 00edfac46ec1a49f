package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.App1;
import fonio.api.Config;
import fonio.api.Engine;
import fonio.api.HighThroughputExecutor;
import fonio.api.KubernetesProvider;
import fonio.engine.Fonio;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose managers are pods of a cluster. */
@Timeout(120)
class PodsRunTest {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir Path folder = Path.of("unset");
  private FakeCluster cluster;
  private Kubelet kubelet;

  @BeforeEach
  void open() throws Exception {
    cluster = FakeCluster.in(folder);
    kubelet = new Kubelet(cluster, Files.createDirectories(folder.resolve("node")));
  }

  @AfterEach
  void close() throws Exception {
    kubelet.stop();
    cluster.close();
  }

  private Engine start(KubernetesProvider.Builder provider, int blocks) {
    KubernetesProvider pods =
        provider
            .kubeconfig(cluster.kubeconfig().toString())
            .initBlocks(blocks)
            .minBlocks(blocks)
            .maxBlocks(blocks)
            .build();
    return Fonio.start(
        Config.builder()
            .runDir(folder.resolve("runs"))
            .executors(
                HighThroughputExecutor.builder()
                    .label("h")
                    .provider(pods)
                    .address("127.0.0.1")
                    .encrypted(true)
                    .maxWorkersPerNode(1)
                    .build())
            .build());
  }

  @Test
  void tasksRunInPodsAndNothingIsLeftOfThem() {
    try (Engine engine = start(KubernetesProvider.builder("fonio:1"), 2)) {
      App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
      List<Integer> results =
          IntStream.range(0, 20).mapToObj(increment::call).toList().stream()
              .map(future -> future.join())
              .toList();
      assertThat(results).isEqualTo(IntStream.range(1, 21).boxed().toList());
      assertThat(cluster.pods()).hasSize(2);
      assertThat(commands()).doesNotContain(token());
    }
    assertThat(cluster.pods()).isEmpty();
    assertThat(cluster.admin.secrets().inNamespace("default").list().getItems()).isEmpty();
    Deadline.in(LONGEST)
        .await(
            "the pods' processes end",
            () -> kubelet.processes().stream().noneMatch(Process::isAlive));
  }

  private String commands() {
    return cluster.admin.pods().inNamespace("default").list().getItems().toString();
  }

  private String token() {
    try (var files = Files.find(folder, 9, (file, facts) -> file.endsWith("h.token"))) {
      return Files.readString(files.findFirst().orElseThrow()).strip();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void podsThatDieAtOnceEndAllTasksWithTheirLastWords() {
    KubernetesProvider.Builder broken =
        KubernetesProvider.builder("fonio:1").workerInit("echo no license >&2; exit 3");
    try (Engine engine = start(broken, 1)) {
      App1<Integer, Integer> increment = engine.app((Integer n) -> n + 1);
      assertThatThrownBy(() -> increment.call(1).join())
          .hasMessageContaining("ended with exit code 3")
          .hasMessageContaining("no license");
    }
    assertThat(cluster.pods()).isEmpty();
  }
}
