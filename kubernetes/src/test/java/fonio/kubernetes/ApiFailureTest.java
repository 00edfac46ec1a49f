package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import fonio.providers.Provider;
import fonio.providers.ProviderException;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said when the API server refuses, or is not there. */
@Timeout(60)
class ApiFailureTest {
  @TempDir Path folder = Path.of("unset");
  private FakeCluster cluster;

  @BeforeEach
  void open() {
    cluster = FakeCluster.in(folder);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private String refusal(Map<String, String> keys) {
    try (Provider provider = cluster.provider(keys)) {
      provider.submit(cluster.order("0", 1));
      throw new AssertionError("it was not refused");
    } catch (ProviderException e) {
      return e.getMessage();
    }
  }

  private void refuse(String namespace, int code, String message) {
    cluster
        .server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/" + namespace + "/secrets")
        .andReturn(code, new StatusBuilder().withCode(code).withMessage(message).build())
        .always();
  }

  @Test
  void namespaceThatIsNotThereIsNamedInTheServersWords() {
    refuse("nosuch", 404, "namespaces \"nosuch\" not found");
    assertThat(refusal(Map.of("namespace", "nosuch")))
        .contains(
            "http://localhost:" + cluster.server.getPort(),
            "make secret fonio-0123456789-h in namespace nosuch",
            "404",
            "namespaces \"nosuch\" not found",
            "get namespaces");
  }

  @Test
  void refusalNamesTheRoleThatIsNeeded() {
    refuse("default", 403, "secrets is forbidden: User \"me\" cannot create resource \"secrets\"");
    assertThat(refusal(Map.of()))
        .contains("403", "User \"me\" cannot create resource \"secrets\"", "docs/scaling.md");
  }

  @Test
  void valueThatTheServerDoesNotTakeIsAParameterOfTheProvider() {
    refuse("default", 422, "Invalid value: \"500X\": quantities must match");
    assertThat(refusal(Map.of())).contains("422", "500X", "correct the parameter");
  }

  @Test
  void serverThatIsNotThereIsNotReached() {
    assertThat(refusal(Map.of("context", "other")))
        .contains("http://localhost:9", "was not reached", "--context other", "cluster-info");
  }

  @Test
  void hostThatNobodyKnowsIsNamed() {
    Path other = FakeCluster.kubeconfig(folder.resolve("unknown"), "http://nosuch.invalid");
    assertThat(refusal(Map.of("kubeconfig", other.toString())))
        .contains("http://nosuch.invalid was not reached", "nobody knows the host");
  }

  @Test
  void serverThatDoesNotAnswerIsGivenUpWithinTheTimeLimit() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "http://localhost:" + silent.getLocalPort();
      Path silently = FakeCluster.kubeconfig(folder.resolve("silent"), address);
      long begin = System.nanoTime();
      assertThat(refusal(Map.of("kubeconfig", silently.toString(), "cmd_timeout", "1.5")))
          .contains(address, "was not reached", "in time");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void contextThatIsNotThereIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> cluster.provider(Map.of("context", "nosuch")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("\"nosuch\"", "usual", "other");
  }

  @Test
  void kubeconfigThatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> cluster.provider(Map.of("kubeconfig", "/nosuch")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("kubeconfig", "\"/nosuch\"");
  }
}
