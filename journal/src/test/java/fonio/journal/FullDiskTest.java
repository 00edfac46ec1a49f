package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import fonio.journal.Records.Entry;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system of one megabyte, which only root can mount. */
class FullDiskTest {
  @TempDir Path folder;
  private boolean mounted;

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "none", folder.toString());
    if (!mounted) {
      System.err.println("FullDiskTest is SKIPPED: mounting a tmpfs needs root");
    }
    assumeThat(mounted).as("a tmpfs can be mounted (needs root)").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  @Test
  void journalGoesOnWhenRoomWasMade() throws Exception {
    Path ballast = Files.write(folder.resolve("ballast"), new byte[600_000]);
    JournalConfig config =
        JournalConfig.defaults()
            .withBytes(100_000, 4 << 20)
            .withTimes(Duration.ZERO, Duration.ofMillis(20));
    List<Entry> model = new ArrayList<>();
    Path log = folder.resolve("journal");
    try (Journal journal = Journal.open(log, config, () -> {})) {
      for (int i = 0; i < 7000; i++) {
        model.add(Records.append(journal, 1 + i % 200, new byte[91]));
      }
      Deadline deadline = Deadline.in(Duration.ofSeconds(20));
      deadline.await("the failure", () -> journal.failure().isPresent());
      assertThat(journal.failure().orElseThrow()).contains(log.toString(), "No space left");
      int durable = (int) journal.durable();
      assertThat(durable).isLessThan(7000);
      assertThat(Records.read(log).entries())
          .startsWith(model.subList(0, durable).toArray(new Entry[0]));
      Files.delete(ballast);
      deadline.await("all", () -> journal.durable() == 7000);
      deadline.await("the end of the failure", () -> journal.failure().isEmpty());
    }
    assertThat(Records.read(log).entries()).isEqualTo(model);
  }
}
