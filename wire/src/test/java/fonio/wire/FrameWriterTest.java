package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrameWriterTest {
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final FrameView frame = new FrameView();

  @Test
  void frameThatDoesNotAddUpIsTakenBack() {
    writer.frame(Kind.ACK, 0, 1, 0, new byte[0]);
    int before = queue.size();
    writer.begin(Kind.TASKS, 1, 1, 1).lengths(new int[] {3}, 0).payload(new byte[2], 0, 2);

    assertThatThrownBy(writer::end)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 bytes of payloads where its lengths say 3");

    assertThat(queue.size()).isEqualTo(before);
  }

  @Test
  void columnOutOfOrderIsRefused() {
    writer.begin(Kind.RESULTS, 0, 1, 1).statuses(new byte[] {1}, 0);

    assertThatThrownBy(() -> writer.lengths(new int[] {1}, 0)).hasMessageContaining("LENGTHS");
  }

  @Test
  void columnThatTheKindDoesNotHaveIsRefused() {
    writer.begin(Kind.SUBMIT, 1, 2, 1);

    assertThatThrownBy(() -> writer.ids(new int[] {1, 5}, 0)).hasMessageContaining("IDS");
  }

  @Test
  void secondFrameWaitsForTheFirstToEnd() {
    writer.begin(Kind.SUBMIT, 1, 2, 1);

    assertThatThrownBy(() -> writer.begin(Kind.ACK, 0, 1, 0)).hasMessageContaining("SUBMIT");
    writer.abandon();

    writer.frame(Kind.ACK, 0, 1, 0, new byte[0]);
    assertThat(frame.next(queue)).isTrue();
    assertThat(frame.kind()).isEqualTo(Kind.ACK);
  }

  @Test
  void tooManyTasksAreRefused() {
    assertThatThrownBy(() -> writer.begin(Kind.SUBMIT, 1, 65_537, 1)).hasMessageContaining("65537");
  }

  @Test
  void payloadsComeFromArraysBuffersMemoryAndReferences() {
    SegmentReference reference = new SegmentReference(SegmentReference.number(1, 2, true), 70_000);
    writer
        .begin(Kind.TASKS, 1, 4, 1)
        .lengths(new int[] {9, 1, 1, 1, Length.SEGMENT}, 1)
        .payload(new byte[] {7, 8, 9}, 1, 1)
        .payload(ByteBuffer.wrap(new byte[] {5, 6}, 1, 1))
        .payload(MemorySegment.ofArray(new byte[] {3, 4}), 1, 1)
        .payload(reference)
        .end();

    assertThat(frame.next(queue)).isTrue();
    assertThat(frame.array()[frame.payloadOffset(0)]).isEqualTo((byte) 8);
    assertThat(frame.array()[frame.payloadOffset(1)]).isEqualTo((byte) 6);
    assertThat(frame.array()[frame.payloadOffset(2)]).isEqualTo((byte) 4);
    assertThat(frame.isSegment(3)).isTrue();
    assertThat(SegmentReference.decode(frame.array(), frame.payloadOffset(3))).isEqualTo(reference);
  }

  @Test
  void taskIdsLoseAndRegainTheSessionsBase() {
    long base = 1L << 40;
    long[] read = new long[4];
    writer
        .begin(Kind.RESULTS, 0, 3, 0)
        .ids(new long[] {0, base + 9, base + 3, base + 4}, 1, base)
        .end();
    writer.begin(Kind.RESULTS, 0, 2, 0).ids(new long[] {base + 3, base + 4}, 0, base).end();

    frame.next(queue);
    frame.tasks(base, read, 1);
    assertThat(read).containsExactly(0, base + 9, base + 3, base + 4);
    queue.consumed(frame.size());

    frame.next(queue);
    assertThat(frame.has(Flag.IDS)).isFalse();
    assertThat(frame.task(1)).isEqualTo(4);
  }

  @Test
  void timeOfAResultIsReadBack() {
    writer.begin(Kind.RESULTS, 0, 1, 1).ranNanos(123_456_789_012L).end();

    frame.next(queue);
    assertThat(frame.ranNanos()).isEqualTo(123_456_789_012L);
  }

  @Test
  void frameIsFoundOnlyWhenItIsThereWhole() {
    ByteQueue arriving = new ByteQueue(64);
    writer.frame(Kind.LOG, 1, 0, 3, new byte[500]);
    byte[] bytes = Arrays.copyOfRange(queue.array(), queue.head(), queue.tail());

    for (int i = 0; i < bytes.length; i++) {
      assertThat(frame.next(arriving)).isFalse();
      assertThat(frame.missingBytes(arriving)).isEqualTo(i < 16 ? 16 - i : bytes.length - i);
      arriving.putByte(bytes[i]);
    }
    assertThat(frame.next(arriving)).isTrue();
    assertThat(frame.blobLength()).isEqualTo(500);
  }

  @Test
  void badHeaderIsRefusedBeforeItsColumnsCome() {
    queue.putInt(Integer.MAX_VALUE);
    queue.putInt(Kind.SUBMIT);
    queue.putLong(0);

    assertThatThrownBy(() -> frame.next(queue))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("SUBMIT frame at byte 0")
        .hasMessageContaining("2147483647");
  }

  @Test
  void definitionsAreReadBack() {
    new FunctionDefinition(3, FunctionDefinition.JAVA, "döck", new byte[] {1, 2}).encode(writer);
    new ClassDefinition(7, 3, Map.of("name", "döck")).encode(writer);

    frame.next(queue);
    FunctionDefinition function = FunctionDefinition.decode(frame);
    queue.consumed(frame.size());
    frame.next(queue);
    ClassDefinition type = ClassDefinition.decode(frame);

    assertThat(function.id()).isEqualTo(3);
    assertThat(function.codec()).isEqualTo(FunctionDefinition.JAVA);
    assertThat(function.name()).isEqualTo("döck");
    assertThat(function.code()).containsExactly(1, 2);
    assertThat(type).isEqualTo(new ClassDefinition(7, 3, Map.of("name", "döck")));
  }

  @Test
  void functionWithoutRoomForItsNameIsRefused() {
    writer.frame(Kind.FUNCTION, 0, 0, 3, new byte[] {0, 9, 0, 65});
    frame.next(queue);

    assertThatThrownBy(() -> FunctionDefinition.decode(frame))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("a name of 9 bytes");
  }
}
