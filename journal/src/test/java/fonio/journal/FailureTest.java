package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.journal.Records.Entry;
import fonio.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureTest {
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path folder;
  private final ScriptedDisk disk = ScriptedDisk.unlimited();
  private final List<Entry> model = new ArrayList<>();

  private Journal open(Duration retryAfter) {
    JournalConfig config =
        JournalConfig.defaults().withBytes(4096, 1 << 20).withTimes(Duration.ZERO, retryAfter);
    return Journal.open(folder, config, () -> {}, disk);
  }

  private static void await(String what, BooleanSupplier condition) {
    Deadline.in(Duration.ofSeconds(20)).await(what, condition);
  }

  private void append(Journal journal, int count) {
    for (int i = 0; i < count; i++) {
      model.add(Records.append(journal, 5, new byte[] {(byte) i, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    }
  }

  @Test
  void fullDiskIsNamedAndLosesNothing() {
    try (Journal journal = open(NEVER)) {
      append(journal, 10);
      await("the first ten", () -> journal.durable() == 10);
      disk.roomBytes.set(777);
      append(journal, 500);
      await("the failure", () -> journal.failure().isPresent());
      assertThat(journal.failure().orElseThrow())
          .contains(folder.toString(), "No space left on device", "make room");
      long durable = journal.durable();
      assertThat(durable).isLessThan(510);
      assertThat(Records.read(folder).entries())
          .hasSizeGreaterThanOrEqualTo((int) durable)
          .isEqualTo(model.subList(0, Records.read(folder).entries().size()));

      journal.retry();
      append(journal, 10);
      assertThat(journal.durable()).isEqualTo(durable);
      disk.roomBytes.set(Long.MAX_VALUE);
      journal.retry();
      await("all", () -> journal.durable() == 520);
      assertThat(journal.failure()).isEmpty();
    }
    assertThat(Records.read(folder).entries()).isEqualTo(model);
  }

  @Test
  void whatAForceThatFailedHasDroppedIsWrittenAgain() {
    try (Journal journal = open(Duration.ofMillis(1))) {
      append(journal, 10);
      await("the first ten", () -> journal.durable() == 10);
      disk.forgetsWhenForceFails = true;
      disk.failsForce = true;
      append(journal, 50);
      await("the failure", () -> journal.failure().isPresent());
      assertThat(journal.durable()).isEqualTo(10);
      disk.failsForce = false;
      await("all", () -> journal.durable() == 60);
      await("the end of the failure", () -> journal.failure().isEmpty());
    }
    assertThat(Records.read(folder).entries()).isEqualTo(model);
  }

  @Test
  void journalThatIsClosedWhileItFailsSaysThatNotAllIsDurable() {
    Journal journal = open(NEVER);
    disk.roomBytes.set(0);
    append(journal, 3);
    await("the failure", () -> journal.failure().isPresent());
    assertThat(journal.close(Duration.ofMillis(10))).isFalse();
    assertThat(journal.durable()).isZero();
    disk.roomBytes.set(Long.MAX_VALUE);
    open(NEVER).close();
  }
}
