package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.journal.Records.Entry;
import fonio.testkit.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final JournalConfig CONFIG =
      JournalConfig.defaults()
          .withBytes(700, 1 << 20)
          .with(Fsync.NEVER)
          .withTimes(Duration.ZERO, Duration.ofMillis(1));

  @TempDir Path temporary;
  private Path folder = Path.of("unset");
  private final List<Entry> model = new ArrayList<>();

  /** A journal as a crash leaves it: three segments of groups, and no closing mark. */
  @BeforeEach
  void crash() throws IOException {
    Path live = temporary.resolve("live");
    folder = temporary.resolve("crashed");
    SplittableRandom random = new SplittableRandom(11);
    try (Journal journal = Journal.open(live, CONFIG, () -> {})) {
      while (model.size() < 45) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        model.add(Records.append(journal, 1 + random.nextInt(255), bytes));
        if (random.nextInt(3) == 0) {
          Deadline.in(Duration.ofSeconds(20))
              .await("the group", () -> journal.durable() == journal.appended());
        }
      }
      Deadline.in(Duration.ofSeconds(20))
          .await("the last group", () -> journal.durable() == model.size());
      Records.copy(live, folder);
    }
    assertThat(Records.segments(folder)).hasSizeGreaterThan(2);
  }

  private Path last() throws IOException {
    List<Path> segments = Records.segments(folder);
    return segments.get(segments.size() - 1);
  }

  @Test
  void fileThatIsCutAnywhereGivesItsWholeRecordsAndIsContinued() throws IOException {
    byte[] whole = Files.readAllBytes(last());
    int readBefore = -1;
    for (int size = 0; size <= whole.length; size++) {
      Files.write(last(), Arrays.copyOf(whole, size));
      Records.Content content = Records.read(folder);
      int count = content.entries().size();
      assertThat(content.entries()).isEqualTo(model.subList(0, count));
      if (readBefore >= 0) {
        assertThat(count).isBetween(readBefore, readBefore + 1);
      }
      readBefore = count;

      Path copy = temporary.resolve("continued" + size);
      Records.copy(folder, copy);
      List<Entry> continued = new ArrayList<>(content.entries());
      try (Journal journal = Journal.open(copy, CONFIG, () -> {})) {
        assertThat(journal.tornTail()).isEqualTo(content.tornTail());
        continued.add(Records.append(journal, 3, new byte[] {1, 2}));
      }
      Records.Content after = Records.read(copy);
      assertThat(after.entries()).isEqualTo(continued);
      assertThat(after.tornTail()).isEmpty();
    }
    assertThat(readBefore).isEqualTo(model.size());
  }

  @Test
  void recordIsWholeFromItsLastByteOn() throws IOException {
    byte[] whole = Files.readAllBytes(last());
    Files.write(last(), Arrays.copyOf(whole, whole.length - 1));
    assertThat(Records.read(folder).entries()).hasSize(model.size() - 1);
    assertThat(Records.read(folder).tornTail()).isPresent();
  }

  @Test
  void groupOfWhichTheDiskLeftOutSectorsIsCut() throws IOException {
    Path live = temporary.resolve("large");
    Path crashed = temporary.resolve("left-out");
    ScriptedDisk disk = new ScriptedDisk();
    JournalConfig config = CONFIG.withBytes(1 << 20, 1 << 20).with(Fsync.EACH_GROUP);
    List<Entry> entries = new ArrayList<>();
    try (Journal journal = Journal.open(live, config, () -> {}, disk)) {
      entries.add(Records.append(journal, 1, new byte[] {1}));
      disk.awaitForce();
      byte[] bytes = new byte[100_000];
      new SplittableRandom(1).nextBytes(bytes);
      Records.append(journal, 1, bytes);
      Records.append(journal, 1, new byte[] {1});
      disk.allowedForces.release();
      disk.awaitForce();
      Records.copy(live, crashed);
      disk.allowedForces.release(1000);
    }
    Path file = Records.segments(crashed).get(0);
    byte[] content = Files.readAllBytes(file);
    Arrays.fill(content, 4096, 8192, (byte) 0);
    Files.write(file, content);

    int begin = SegmentHeader.BYTES + Layout.RECORD_BYTES + 1 + Mark.BYTES;
    assertThat(content).hasSize(begin + 2 * Layout.RECORD_BYTES + 100_001);
    assertThat(Records.read(crashed))
        .isEqualTo(
            new Records.Content(
                entries, Optional.of(new TornTail(1, begin, content.length - begin))));
  }
}
