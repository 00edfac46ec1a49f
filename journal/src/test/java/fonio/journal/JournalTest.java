package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.journal.Records.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JournalTest {
  private static final JournalConfig SMALL =
      JournalConfig.defaults()
          .withBytes(2048, 600_000)
          .withTimes(Duration.ZERO, Duration.ofMillis(1));

  @TempDir Path folder;
  private final Semaphore wakeups = new Semaphore(0);

  private Journal open(JournalConfig config) {
    return Journal.open(folder, config, wakeups::release);
  }

  private void awaitDurable(Journal journal, long position) throws InterruptedException {
    while (journal.durable() < position) {
      assertThat(wakeups.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsOfManySessionsAreReadBackInOrder(Fsync policy) throws Exception {
    SplittableRandom random = new SplittableRandom(4);
    List<Entry> model = new ArrayList<>();
    for (int session = 0; session < 30; session++) {
      try (Journal journal = open(SMALL.with(policy))) {
        assertThat(journal.appended()).isEqualTo(model.size());
        assertThat(journal.durable()).isEqualTo(model.size());
        int count = random.nextInt(60);
        for (int i = 0; i < count; i++) {
          byte[] bytes =
              new byte[random.nextInt(10) == 0 ? random.nextInt(1900) : random.nextInt(40)];
          random.nextBytes(bytes);
          model.add(Records.append(journal, 1 + random.nextInt(255), bytes));
          if (random.nextInt(20) == 0) {
            awaitDurable(journal, journal.appended());
          }
        }
      }
      assertThat(Records.read(folder)).isEqualTo(new Records.Content(model, Optional.empty()));
    }
    assertThat(model.get(model.size() - 1).position()).isEqualTo(model.size());
    assertThat(Records.segments(folder))
        .hasSizeGreaterThan(5)
        .allMatch(file -> file.toFile().length() <= 2048);
  }

  @Test
  void recordsLargerThanAChunkAreReadBack() {
    List<Entry> model = new ArrayList<>();
    try (Journal journal = open(JournalConfig.defaults().withBytes(3 << 20, 1))) {
      for (int size :
          new int[] {10, 1 << 20, 0, Chunk.USUAL_BYTES, Chunk.USUAL_BYTES - 9, 2_999_999, 5}) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        model.add(Records.append(journal, 7, bytes));
      }
    }
    assertThat(Records.read(folder).entries()).isEqualTo(model);
  }

  @Test
  void emptyFolderHasNoRecords() {
    open(SMALL).close();
    assertThat(Records.read(folder).entries()).isEmpty();
    assertThat(folder.resolve("00000001.log")).doesNotExist();
  }

  @Test
  void largestRecordIsTakenAndALargerOneRefusedByName() {
    Entry entry;
    try (Journal journal = open(SMALL)) {
      entry = Records.append(journal, 1, new byte[SMALL.mostPayloadBytes()]);
      assertThatThrownBy(() -> Records.append(journal, 1, new byte[SMALL.mostPayloadBytes() + 1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1983 bytes")
          .hasMessageContaining("larger segments");
      assertThatThrownBy(() -> Records.append(journal, 0, new byte[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("kind 0");
    }
    assertThat(Records.read(folder).entries()).containsExactly(entry);
  }

  @Test
  void folderIsWrittenByOneAtATime() {
    try (Journal journal = open(SMALL)) {
      assertThat(journal.appended()).isZero();
      assertThatThrownBy(() -> open(SMALL))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("open already");
    }
    open(SMALL).close();
  }

  @Test
  void segmentsThatAreNotNeededAreRemovedAndPositionsStay() throws Exception {
    List<Entry> model = new ArrayList<>();
    try (Journal journal = open(SMALL)) {
      for (int i = 0; i < 100; i++) {
        model.add(Records.append(journal, 1, new byte[100]));
      }
      awaitDurable(journal, 100);
      int before = Records.segments(folder).size();
      journal.truncateBefore(50);
      model.add(Records.append(journal, 1, new byte[100]));
      awaitDurable(journal, 101);
      assertThat(first()).isBetween(30L, 50L);
      assertThat(Records.segments(folder)).hasSizeLessThan(before);
      journal.truncateBefore(1000);
      model.add(Records.append(journal, 1, new byte[100]));
      awaitDurable(journal, 102);
      assertThat(Records.segments(folder)).hasSize(1);
    }
    long first = first();
    assertThat(Records.read(folder).entries()).isEqualTo(model.subList((int) first - 1, 102));
    try (Journal journal = open(SMALL)) {
      assertThat(Records.append(journal, 1, new byte[1]).position()).isEqualTo(103);
    }
    assertThat(Records.read(folder).entries()).hasSize((int) (104 - first));
  }

  private long first() {
    return Records.read(folder).entries().get(0).position();
  }
}
