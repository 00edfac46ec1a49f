package fonio.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkerErrorsTest {
  @TempDir Path folder;

  @Test
  void theLastFailureOfEachTaskIsFoundInTheFilesOfAllWorkers() throws IOException {
    Files.writeString(
        folder.resolve("direct-w0.errors"),
        """
        task 3: ValueError: first
          Traceback (most recent call last):
        task 4: KeyError: 'k'
        task 3: ValueError: second
          Traceback (most recent call last):
            File "x.py", line 1
        more tasks failed; this file is full
        """);
    Files.writeString(folder.resolve("direct-w1.errors"), "task 9: OSError\n");
    Files.writeString(folder.resolve("direct-w1.err"), "task 5: printed\n");
    assertThat(WorkerErrors.of(folder))
        .containsOnlyKeys(3L, 4L, 9L)
        .containsEntry(9L, "OSError")
        .containsEntry(4L, "KeyError: 'k'")
        .containsEntry(
            3L,
            """
            ValueError: second
            Traceback (most recent call last):
              File "x.py", line 1\
            """);
  }

  @Test
  void aRunWithoutWorkersHasNoErrors() throws IOException {
    assertThat(WorkerErrors.of(folder.resolve("none"))).isEmpty();
  }
}
