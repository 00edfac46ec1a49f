package fonio.manager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fonio.transport.Segments;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.HeldReference;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.MalformedFrameException;
import fonio.wire.SegmentReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTest {
  private static final int BYTES = 40;
  private static final int[] NO_ARGUMENTS = {0, 0};
  private static final byte[] SMALL = "small".getBytes(UTF_8);

  @TempDir Path folder;
  private Segments segments;
  private Kept kept;
  private SegmentReference one;
  private SegmentReference two;
  private final FrameView frame = new FrameView();

  @BeforeEach
  void start() {
    segments = new Segments(folder, folder, 1);
    kept = new Kept(segments, BYTES);
    one = segments.store(new byte[BYTES], 0, BYTES);
    two = segments.store(new byte[BYTES], 0, BYTES);
    assertThat(kept.keep(1, one)).isTrue();
    assertThat(kept.keep(2, two)).isTrue();
  }

  private boolean isThere(SegmentReference segment) {
    return Files.exists(segments.path(segment.segment()));
  }

  /** Tasks 10 and 11: the first names a small result and one that is kept, the other one more. */
  private FrameView tasks(long first, long other) {
    ByteQueue queue = new ByteQueue();
    FrameWriter writer = new FrameWriter(queue);
    int[] lengths = {SMALL.length, Length.SEGMENT, Length.SEGMENT};
    writer
        .begin(Kind.TASKS, 1, 2, 10)
        .lengths(NO_ARGUMENTS, 0)
        .parents(new int[] {2, 1}, new int[] {9, (int) first, (int) other}, lengths)
        .payload(SMALL, 0, SMALL.length);
    put(writer, first, BYTES);
    put(writer, other, BYTES);
    writer.end();
    frame.next(queue);
    return frame;
  }

  private static void put(FrameWriter writer, long task, long bytes) {
    byte[] reference = new byte[HeldReference.BYTES];
    new HeldReference(task, bytes).encode(reference, 0);
    writer.payload(reference, 0, reference.length);
  }

  private SegmentReference parent(int j) {
    return SegmentReference.decode(frame.array(), frame.parentPayloadOffset(j));
  }

  @Test
  void referencesToResultsBecomeThoseToTheirSegments() {
    assertThat(kept.resolve(tasks(2, 1))).isEmpty();
    assertThat(parent(1)).isEqualTo(two);
    assertThat(parent(2)).isEqualTo(one);
    assertThat(frame.blobText()).startsWith("small");
  }

  @Test
  void frameThatNamesWhatIsNotHereStaysAsItIs() {
    byte[] before = tasks(1, 7).array().clone();
    assertThat(kept.resolve(frame)).containsExactly(7L);
    assertThat(frame.array()).isEqualTo(before);
    kept.release(1);
    assertThat(isThere(one)).isFalse();
  }

  @Test
  void resultOfAnotherSizeIsNotTheOneThatIsMeant() {
    ByteQueue queue = new ByteQueue();
    FrameWriter writer = new FrameWriter(queue);
    writer
        .begin(Kind.TASKS, 1, 1, 10)
        .parents(new int[] {1}, new int[] {1}, new int[] {Length.SEGMENT});
    put(writer, 1, BYTES + 1);
    writer.end();
    frame.next(queue);
    assertThat(kept.resolve(frame)).containsExactly(1L);
  }

  @Test
  void referenceThatIsNoneIsRefused() {
    FrameView tasks = tasks(1, 2);
    one.encode(tasks.array(), tasks.parentPayloadOffset(1));
    tasks.array()[tasks.parentPayloadOffset(1) + 7] = 1;
    assertThatThrownBy(() -> kept.resolve(tasks)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void whatATaskUsesStaysUntilAllWhoUseItHaveLeft() {
    kept.resolve(tasks(1, 1));
    kept.release(1);
    kept.left(10);
    kept.left(10);
    assertThat(isThere(one)).isTrue();
    kept.left(11);
    assertThat(isThere(one)).isFalse();
    assertThat(kept.takenBytes()).isEqualTo(BYTES);
  }

  @Test
  void whatWasReleasedIsNotThereForTasksToCome() {
    kept.resolve(tasks(1, 2));
    kept.releaseAll();
    assertThat(kept.resolve(tasks(1, 2))).containsExactly(1L, 2L);
    kept.left(10);
    kept.left(11);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void twiceTheBudgetIsTheMost() {
    SegmentReference three = segments.store(new byte[1], 0, 1);
    assertThat(kept.keep(3, three)).isFalse();
    kept.release(1);
    assertThat(kept.keep(3, three)).isTrue();
    kept.releaseAll();
    SegmentReference large = segments.store(new byte[BYTES + 1], 0, BYTES + 1);
    assertThat(kept.keep(4, large)).isFalse();
    assertThat(kept.takenBytes()).isZero();
  }

  @Test
  void anotherResultOfTheSameTaskTakesThePlaceOfTheFirst() {
    kept.release(2);
    SegmentReference again = segments.store(new byte[BYTES], 0, BYTES);
    assertThat(kept.keep(1, again)).isTrue();
    assertThat(isThere(one)).isFalse();
    assertThat(kept.takenBytes()).isEqualTo(BYTES);
  }
}
