package fonio.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.journal.Records.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {
  private static final JournalConfig CONFIG =
      JournalConfig.defaults()
          .withBytes(700, 1 << 20)
          .with(Fsync.NEVER)
          .withTimes(Duration.ZERO, Duration.ofMillis(1));

  @TempDir Path folder;
  private final List<Entry> model = new ArrayList<>();

  /** A journal that was closed in good order. */
  @BeforeEach
  void write() {
    SplittableRandom random = new SplittableRandom(5);
    try (Journal journal = Journal.open(folder, CONFIG, () -> {})) {
      for (int i = 0; i < 60; i++) {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        model.add(Records.append(journal, 1 + random.nextInt(255), bytes));
      }
    }
  }

  private void flip(Path file, long bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
    Files.write(file, bytes);
  }

  /** Reads until the damage, which must be named, or the torn end. */
  private List<Entry> readToDamage(Path file) {
    List<Entry> entries = new ArrayList<>();
    try (JournalReader reader = JournalReader.open(folder)) {
      while (reader.next()) {
        byte[] bytes = new byte[reader.payload().remaining()];
        reader.payload().get(bytes);
        entries.add(
            new Entry(reader.position(), reader.kind(), java.util.HexFormat.of().formatHex(bytes)));
      }
      assertThat(reader.tornTail()).as(file.toString()).isPresent();
      assertThat(reader.tornTail().get().bytes())
          .as("only the closing mark may be cut")
          .isEqualTo(Mark.BYTES);
    } catch (JournalDamageException e) {
      assertThat(e)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("away to begin anew");
      assertThat(e.segment())
          .isEqualTo(Integer.parseInt(file.getFileName().toString().substring(0, 8)));
      assertThat(e.offset()).isLessThan(file.toFile().length());
      assertThat(e).hasMessageContaining("byte " + e.offset() + " of segment " + e.segment());
    }
    return entries;
  }

  @Test
  void everyFlippedBitOfAJournalClosedInGoodOrderIsFound() throws IOException {
    SplittableRandom random = new SplittableRandom(9);
    List<Path> segments = Records.segments(folder);
    assertThat(segments).hasSizeGreaterThan(2);
    for (int i = 0; i < 3000; i++) {
      Path file = segments.get(random.nextInt(segments.size()));
      long bit = random.nextLong(8 * Files.size(file));
      flip(file, bit);
      List<Entry> read = readToDamage(file);
      assertThat(read).isEqualTo(model.subList(0, read.size()));
      flip(file, bit);
    }
    assertThat(Records.read(folder).entries()).isEqualTo(model);
  }

  @Test
  void damageInTheLastSegmentIsNoTornTailForTheWriterEither() throws IOException {
    List<Path> segments = Records.segments(folder);
    flip(segments.get(segments.size() - 1), 8L * (SegmentHeader.BYTES + Layout.KIND));
    assertThatThrownBy(() -> Journal.open(folder, CONFIG, () -> {}))
        .isInstanceOf(JournalDamageException.class)
        .hasMessageContaining("byte 32 of segment " + segments.size());
  }

  @Test
  void missingSegmentIsDamage() throws IOException {
    Files.delete(Records.segments(folder).get(1));
    assertThatThrownBy(() -> JournalReader.open(folder))
        .isInstanceOf(JournalDamageException.class)
        .hasMessageContaining("00000002.log")
        .hasMessageContaining("missing");
  }
}
