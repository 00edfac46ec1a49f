package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class TlsIdentityTest {
  @TempDir Path folder;

  @Test
  void aMakerThatIsInterruptedLeavesNeitherFileNorProcess() throws Exception {
    AtomicReference<IOException> ended = new AtomicReference<>();
    Thread maker =
        Thread.ofPlatform()
            .start(() -> {
              try {
                TlsIdentity.create(folder.resolve("tls.p12"), "secret-of-a-run");
              } catch (IOException e) {
                ended.set(e);
              }
            });
    while (!hasMaker() && maker.isAlive()) {
      Thread.onSpinWait();
    }
    maker.interrupt();
    maker.join();
    assertThat(ended.get()).hasMessage("interrupted");
    assertThat(hasMaker()).isFalse();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static boolean hasMaker() {
    return ProcessHandle.current()
        .children()
        .anyMatch(child -> child.info().command().orElse("").endsWith("keytool"));
  }
}
