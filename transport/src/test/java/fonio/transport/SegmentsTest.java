package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.wire.SegmentReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentsTest {
  /** More than any folder has, and less than a file may be. */
  private static final long FAR_TOO_MUCH = 1L << 50;

  @TempDir Path folder;

  private Path shared;
  private Path spill;
  private Segments segments;

  @BeforeEach
  void makeFolders() throws IOException {
    shared = Files.createDirectory(folder.resolve("shared"));
    spill = Files.createDirectory(folder.resolve("spill"));
    segments = new Segments(shared, spill, 3);
  }

  @Test
  void storedBytesAreMappedBack() {
    byte[] bytes = new byte[100_000];
    bytes[0] = 1;
    bytes[99_999] = 2;

    SegmentReference reference = segments.store(bytes, 0, bytes.length);

    assertThat(reference.bytes()).isEqualTo(100_000);
    assertThat(shared.resolve("0000000300000000")).hasSize(100_000);
    try (Arena arena = Arena.ofConfined()) {
      assertThat(segments.map(reference, arena).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes);
    }
  }

  @Test
  void readersChangeDoesNotReachTheFile() throws IOException {
    SegmentReference reference = segments.store(new byte[] {1, 2, 3}, 1, 2);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mine = segments.map(reference, arena);
      mine.set(ValueLayout.JAVA_BYTE, 0, (byte) 99);
    }

    assertThat(Files.readAllBytes(segments.path(reference.segment()))).containsExactly(2, 3);
  }

  @Test
  void numbersOfOneMakerDiffer() {
    assertThat(segments.create(10).segment()).isNotEqualTo(segments.create(10).segment());
  }

  @Test
  void emptySegmentIsMadeAndMapped() {
    SegmentReference reference = segments.create(0);
    try (Arena arena = Arena.ofConfined()) {
      assertThat(segments.map(reference, arena).byteSize()).isZero();
    }
  }

  @Test
  void fullFoldersAreNamedAndNothingIsLeft() throws IOException {
    assertThatThrownBy(() -> segments.create(FAR_TOO_MUCH))
        .isInstanceOf(NoSpaceException.class)
        .hasMessageContaining(shared.toString())
        .hasMessageContaining(spill.toString())
        .hasMessageContaining(Long.toString(FAR_TOO_MUCH));

    try (var left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void missingSegmentIsNamed() {
    SegmentReference reference = segments.create(10);

    assertThat(segments.delete(reference.segment())).isTrue();
    assertThat(segments.delete(reference.segment())).isFalse();

    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> segments.map(reference, arena))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("0000000300000000");
    }
  }

  @Test
  void referenceLongerThanItsFileIsRefused() {
    SegmentReference reference = segments.create(10);
    SegmentReference lie = new SegmentReference(reference.segment(), 11);

    try (Arena arena = Arena.ofConfined()) {
      assertThatThrownBy(() -> segments.map(lie, arena)).hasMessageContaining("it has 10 bytes");
    }
  }

  @Test
  void spilledSegmentLiesInTheSpillFolder() {
    long number = SegmentReference.number(3, 9, true);

    assertThat(segments.path(number)).isEqualTo(spill.resolve("8000000300000009"));
  }
}
