package fonio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  @TempDir Path run;

  @Test
  void secretIsForNobodyElse() throws IOException {
    try (Secrets secrets = Secrets.write(run, "h", "hush-hush", false)) {
      assertThat(secrets.token()).hasContent("hush-hush");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.token())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void portThatWasNotWrittenToItsEndIsNone() throws IOException {
    for (String torn : new String[] {"", "\n", "543", "x\n"}) {
      Files.writeString(KeptPort.file(run, "h"), torn);
      assertThat(KeptPort.of(run, "h").number()).isZero();
    }
  }

  @Test
  void runThatHasEndedLeavesNeitherItsSecretsNorItsPort() throws IOException {
    Files.createDirectory(run.resolve(RecoveredRun.FOLDER));
    try (Secrets secrets = Secrets.write(run, "h", "hush-hush", true)) {
      assertThat(secrets.identity().orElseThrow().get()).isNotNull();
      KeptPort.of(run, "h").keep(54321);
      assertThat(KeptPort.of(run, "h").number()).isEqualTo(54321);
    }
    assertThat(run).isDirectoryNotContaining("glob:**.{token,port,p12}");
  }
}
