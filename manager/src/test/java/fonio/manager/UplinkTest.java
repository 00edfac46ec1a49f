package fonio.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manager whose interchange ends each connection without an answer. */
class UplinkTest {
  @TempDir Path folder;

  @Test
  void managerThatIsTurnedAwayTriesMoreAndMoreSeldom() throws IOException {
    try (ScriptedInterchange interchange = new ScriptedInterchange(folder);
        var _ = new RunningManager(interchange, Optional.empty())) {
      long begin = System.nanoTime();
      for (int connection = 0; connection < 6; connection++) {
        interchange.accept().close();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
    }
  }

  @Test
  void managerThatGivesUpSaysThatTheInterchangeMayEncrypt() throws IOException {
    try (ScriptedInterchange interchange = new ScriptedInterchange(folder);
        RunningManager manager = new RunningManager(interchange, Optional.empty())) {
      interchange.accept().close();
      interchange.accept().close();
      manager.skip(Duration.ofMinutes(2));
      assertThat(manager.end()).contains("without an answer", "--tls FILE");
    }
  }
}
