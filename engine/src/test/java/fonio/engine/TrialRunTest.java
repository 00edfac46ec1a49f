package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.api.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialRunTest {
  @TempDir Path folder;

  private TrialConfig config(int port) {
    return new TrialConfig(folder, "127.0.0.1", port, Optional.of(false), 1);
  }

  @Test
  void secretsAreThereAsLongAsItListens() throws IOException {
    try (TrialRun trial = new TrialRun(config(0), line -> {})) {
      assertThat(trial.invitation()).contains("--token-file " + folder);
      assertThat(folder).isDirectoryRecursivelyContaining("glob:**/interchange.token");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void portThatIsTakenLeavesNoSecrets() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> {
                try (TrialRun trial = new TrialRun(config(taken.getLocalPort()), line -> {})) {
                  trial.stop();
                }
              })
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("name another port");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
