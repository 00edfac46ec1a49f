package fonio.memo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PastFailuresTest {
  @TempDir Path folder;

  @Test
  void failuresAreFoundByTheirRunsNumberWhereverTheTreeIsNow() {
    Path file = folder.resolve("state.db");
    FailedTask first = new FailedTask("/old/.fonio/runs/001", 7, "dock", "FAILED", "ValueError");
    FailedTask other = new FailedTask("/old/.fonio/runs/002", 8, "dock", "LOST", "signal 9");
    try (Store store =
        new Store(file, new Commits(Commits.Mode.EACH, Duration.ofSeconds(1)), () -> {}, _ -> {})) {
      store.failed(other);
      store.failed(first);
    }
    assertThat(PastFailures.of(file, "001")).containsExactly(first);
    assertThat(PastFailures.of(file, "003")).isEmpty();
  }

  @Test
  void withoutADatabaseThereAreNone() {
    assertThat(PastFailures.of(folder.resolve("state.db"), "001")).isEmpty();
  }
}
