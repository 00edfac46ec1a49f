package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void whatAKilledProcessCalledDurableIsReadBack(Fsync policy) throws Exception {
    long told = 0;
    for (int kill = 0; kill < 3; kill++) {
      Process victim =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "-cp",
                  System.getProperty("java.class.path"),
                  JournalVictim.class.getName(),
                  folder.toString(),
                  policy.name())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try (BufferedReader out = victim.inputReader()) {
        long before = told;
        while (told < before + 20_000) {
          told = Long.parseLong(out.readLine());
        }
        victim.toHandle().destroyForcibly();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          told = line.isEmpty() ? told : Math.max(told, Long.parseLong(line));
        }
      }
      assertThat(victim.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(victim.exitValue()).isEqualTo(137);
      assertThat(countNumbered()).isGreaterThanOrEqualTo(told);
    }
  }

  private long countNumbered() {
    long count = 0;
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        count++;
        assertThat(reader.position()).isEqualTo(count);
        assertThat(reader.payload().order(ByteOrder.BIG_ENDIAN).getLong(0)).isEqualTo(count);
      }
    }
    return count;
  }
}
