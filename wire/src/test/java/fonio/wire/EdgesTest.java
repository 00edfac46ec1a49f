package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The last value that is taken, and the first that is not. */
class EdgesTest {
  private final ByteQueue queue = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(queue);
  private final FrameView frame = new FrameView();

  private byte[] written() {
    return Arrays.copyOfRange(queue.array(), queue.head(), queue.tail());
  }

  @Test
  void frameOfTheMostTasksIsTaken() {
    writer.begin(Kind.SUBMIT, 1, Limits.MAX_COUNT, 1).end();

    assertThat(frame.next(queue)).isTrue();
    assertThat(frame.task(65_535)).isEqualTo(65_536);
  }

  @Test
  void headerOfTheLongestFrameIsTaken() {
    queue.putInt(Limits.MAX_FRAME_BYTES);
    queue.putInt(Kind.LOG);
    queue.putLong(0);

    assertThat(frame.next(queue)).isFalse();
    assertThat(frame.missingBytes(queue)).isEqualTo(Limits.MAX_FRAME_BYTES);
  }

  @Test
  void faultIsSaidWithKindAndPlace() {
    writer.begin(Kind.RESULTS, 0, 2, 1).statuses(new byte[] {0, 3}, 0).end();
    byte[] bytes = new byte[written().length + 3];
    System.arraycopy(written(), 0, bytes, 3, written().length);
    bytes[3 + 16 + 1] = 7;

    MalformedFrameException e =
        catchThrowableOfType(
            MalformedFrameException.class, () -> frame.wrap(bytes, 3, bytes.length));

    assertThat(e.kind()).isEqualTo(Kind.RESULTS);
    assertThat(e.offset()).isEqualTo(17);
    assertThat(e).hasMessage("malformed RESULTS frame at byte 17: there is no status 7");
  }

  @Test
  void frameThatIsCutSaysHowMuchIsThere() {
    writer.frame(Kind.LOG, 1, 0, 3, new byte[100]);
    byte[] bytes = new byte[200];
    System.arraycopy(written(), 0, bytes, 5, written().length);

    frame.wrap(bytes, 5, 5 + 116);
    assertThat(frame.end()).isEqualTo(121);
    assertThat(frame.start()).isEqualTo(5);
    assertThatThrownBy(() -> frame.wrap(bytes, 5, 5 + 115))
        .hasMessageContaining("its length is 100 bytes, there are 99");
    assertThatThrownBy(() -> frame.wrap(bytes, 5, 5 + 15)).hasMessageContaining("there are 15");
    assertThatThrownBy(() -> frame.wrap(bytes, 5, 201)).hasMessageContaining("200 bytes");
  }

  @Test
  void sumsAndSizesAreSaid() {
    assertMalformed("a short blob", "its payloads add up to 4 bytes, its blob has 3");
    assertMalformed("a memo key too few", "its extension has 32 bytes, it must have 64");
    assertMalformed("parents beyond the frame", "DEPENDENCIES needs 40 bytes");
    assertMalformed("no room for ids", "IDS needs 8 bytes for a count of 2, there are 0");
    assertMalformed("a reference of 15 bytes", "the length 0x8000000F is none");
  }

  private void assertMalformed(String name, String what) {
    byte[] bytes = MalformedFrames.all().get(name);
    assertThatThrownBy(() -> frame.wrap(bytes, 0, bytes.length)).hasMessageContaining(what);
  }

  @Test
  void viewOfABufferStartsWhereTheBufferDoes() {
    writer.frame(Kind.ANSWER, 0, 0, 3, new byte[] {'a', '=', '1'});
    ByteBuffer buffer = ByteBuffer.allocate(100).position(7).slice();
    buffer.position(2).put(written()).flip();

    frame.wrap(buffer, 2);

    assertThat(frame.blobText()).isEqualTo("a=1");
    assertThat(frame.flags()).isZero();
    assertThat(frame).hasToString("ANSWER of 0, class 0, first 3, 19 bytes");
  }

  @Test
  void consecutiveIdsTravelInTheHeader() {
    writer.begin(Kind.RELEASE, 0, 3, 0).ids(new int[] {9, 4, 5, 6}, 1).end();
    writer.begin(Kind.RELEASE, 0, 0, 0).ids(new int[0], 0).end();
    writer.begin(Kind.RELEASE, 0, 0, 0).ids(new long[0], 0, 1).end();

    frame.next(queue);
    assertThat(frame.has(Flag.IDS)).isFalse();
    assertThat(frame.first()).isEqualTo(4);
    assertThat(frame.size()).isEqualTo(16);
    assertThat(frame.parentTotal()).isZero();
  }

  @Test
  void lengthsTellTheirKind() {
    assertThat(Length.isSegment(Length.SEGMENT)).isTrue();
    assertThat(Length.isSegment(Length.LOCAL)).isFalse();
    assertThat(Length.isSegment(0)).isFalse();
    assertThat(Length.isLocal(Length.LOCAL)).isTrue();
    assertThat(Length.isLocal(Length.SEGMENT)).isFalse();
    assertThat(Length.bytes(Length.SEGMENT)).isEqualTo(16);
    assertThat(Length.bytes(Length.LOCAL)).isZero();
  }

  @Test
  void segmentsNumberSaysMakerSerialAndFolder() {
    assertThat(SegmentReference.number(3, 7, false)).isEqualTo(0x0000_0003_0000_0007L);
    assertThat(SegmentReference.number(3, -1, true)).isEqualTo(0x8000_0003_FFFF_FFFFL);
    assertThat(SegmentReference.number(0, 0, false)).isZero();
    assertThatThrownBy(() -> SegmentReference.number(-1, 0, false)).hasMessageContaining("-1");
    assertThat(new SegmentReference(1, 0).bytes()).isZero();
  }

  @Test
  void numbersOutOfTheirRangeAreRefused() {
    assertThat(new ClassDefinition(65_535, 0, Map.of()).id()).isEqualTo(65_535);
    assertThat(new ClassDefinition(1, 0, Map.of()).id()).isEqualTo(1);
    assertThatThrownBy(() -> new ClassDefinition(0, 0, Map.of())).hasMessageContaining("class 0");
    assertThatThrownBy(() -> new ClassDefinition(65_536, 0, Map.of()))
        .hasMessageContaining("class 65536");
    assertThat(new Greeting(0, Map.of("a", "1")).entry("a", "2")).isEqualTo("1");
    assertThat(new Greeting(65_535, Map.of()).entry("a", "2")).isEqualTo("2");
    assertThatThrownBy(() -> new Greeting(65_536, Map.of())).hasMessageContaining("65536");
    assertThatThrownBy(() -> new Greeting(-1, Map.of())).hasMessageContaining("-1");
    assertThatThrownBy(() -> writer.begin(Kind.ACK, 0, -1, 0)).hasMessageContaining("-1");
  }

  @Test
  void queueKeepsWhatIsNotDropped() {
    queue.putShort(0x1234);
    queue.putLong(0x0102030405060708L);
    assertThat(queue.isEmpty()).isFalse();

    queue.consumed(2);
    queue.truncate(3);

    assertThat(written()).containsExactly(8, 7, 6);
    queue.truncate(3);
    queue.consumed(3);
    assertThat(queue.isEmpty()).isTrue();
    assertThatThrownBy(() -> queue.consumed(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> queue.truncate(-1)).hasMessageContaining("-1");
  }

  @Test
  void shortestPayloadsAreDecoded() {
    byte[] dependency = new DependencyFailure("", Status.ERROR, new byte[0]).encode();
    DependencyFailure failure = DependencyFailure.decode(dependency, 0, dependency.length);
    assertThat(failure.chain()).isEmpty();
    assertThat(failure.status()).isEqualTo(Status.ERROR);

    Fault fault = Fault.decode(new byte[] {'X'}, 0, 1);
    assertThat(fault).isEqualTo(new Fault("X", "", Map.of()));
  }

  @Test
  void functionOfTheShortestAndLongestNameIsReadBack() {
    new FunctionDefinition(1, FunctionDefinition.PYTHON, "", new byte[0]).encode(writer);
    new FunctionDefinition(2, FunctionDefinition.PYTHON, "n".repeat(65_535), new byte[1])
        .encode(writer);
    FunctionDefinition tooLong =
        new FunctionDefinition(3, FunctionDefinition.PYTHON, "n".repeat(65_536), new byte[0]);

    frame.next(queue);
    assertThat(FunctionDefinition.decode(frame).name()).isEmpty();
    queue.consumed(frame.size());
    frame.next(queue);
    FunctionDefinition function = FunctionDefinition.decode(frame);
    assertThat(function.name()).hasSize(65_535);
    assertThat(function.code()).hasSize(1);
    assertThatThrownBy(() -> tooLong.encode(writer)).hasMessageContaining("65536");
  }

  @Test
  void functionOfAnUnknownCodecIsRefused() {
    writer.frame(Kind.FUNCTION, 0, 0, 3, new byte[] {2, 0, 0});
    frame.next(queue);

    assertThatThrownBy(() -> FunctionDefinition.decode(frame))
        .hasMessageContaining("at byte 16: there is no codec 2");
  }
}
