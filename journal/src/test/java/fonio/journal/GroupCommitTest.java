package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
  private static final JournalConfig CONFIG =
      JournalConfig.defaults()
          .withBytes(1 << 20, 1000)
          .withTimes(Duration.ZERO, Duration.ofMillis(1));

  @TempDir Path folder;
  private final ScriptedDisk disk = new ScriptedDisk();
  private final AtomicInteger wakeups = new AtomicInteger();

  private Journal open() {
    return Journal.open(folder, CONFIG, wakeups::incrementAndGet, disk);
  }

  private static void await(BooleanSupplier condition) {
    Deadline.in(Duration.ofSeconds(20)).await("the journal", condition);
  }

  private void close(Journal journal) {
    disk.allowedForces.release(1000);
    assertThat(journal.close(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void nothingIsDurableBeforeItIsForcedAndWhatComesMeanwhileIsOneGroup() {
    Journal journal = open();
    Records.append(journal, 1, new byte[3]);
    disk.awaitForce();
    for (int i = 0; i < 50; i++) {
      Records.append(journal, 1, new byte[3]);
    }
    assertThat(journal.durable()).isZero();
    assertThat(wakeups).hasValue(0);

    disk.allowedForces.release();
    disk.awaitForce();
    assertThat(journal.durable()).isEqualTo(1);
    assertThat(wakeups).hasValue(1);

    disk.allowedForces.release();
    await(() -> journal.durable() == 51);
    await(() -> wakeups.get() == 2);
    close(journal);
    assertThat(Records.read(folder).entries()).hasSize(51);
  }

  @Test
  void journalIsFullWhileTooMuchWaitsAndLosesNothing() {
    Journal journal = open();
    List<Records.Entry> model = new ArrayList<>();
    assertThat(journal.isFull()).isFalse();
    while (!journal.isFull()) {
      model.add(Records.append(journal, 2, new byte[91]));
    }
    assertThat(model).hasSize(10);
    model.add(Records.append(journal, 2, new byte[500_000]));
    disk.allowedForces.release(1000);
    await(() -> !journal.isFull());
    await(() -> journal.durable() == 11);
    close(journal);
    assertThat(Records.read(folder).entries()).isEqualTo(model);
  }

  @Test
  void closingIsBoundedWhenTheDiskHangs() {
    Journal journal = open();
    Records.append(journal, 1, new byte[3]);
    disk.awaitForce();
    assertThat(journal.close(Duration.ofMillis(20))).isFalse();
    disk.allowedForces.release(1000);
  }
}
