package fonio.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden vectors that all languages share. {@code -Dfonio.golden=write} writes them anew. */
class GoldenVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  static List<GoldenFile> files() {
    return GoldenFiles.all();
  }

  static Stream<PlainFrame> frames() {
    return GoldenFile.read("frames.txt").stream().map(PlainFrame::of);
  }

  static List<Map<String, String>> malformed() {
    return GoldenFile.read("malformed.txt");
  }

  @ParameterizedTest
  @MethodSource("files")
  void fileSaysWhatItsFieldsSay(GoldenFile file) {
    if ("write".equals(System.getProperty("fonio.golden"))) {
      file.write();
    } else {
      assertThat(GoldenFile.text(file.name())).isEqualTo(file.text());
    }
  }

  @ParameterizedTest
  @MethodSource("frames")
  void viewReadsEveryFieldOfAFrame(PlainFrame plain) {
    byte[] bytes = plain.bytes("frame");
    FrameView frame = new FrameView();

    frame.wrap(bytes, 0, bytes.length);

    assertThat(FrameFields.of(frame)).isEqualTo(FrameFields.of(plain));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void viewReadsAFrameThatLiesBetweenOthers(PlainFrame plain) {
    byte[] bytes = plain.bytes("frame");
    byte[] around = new byte[bytes.length + 11];
    Arrays.fill(around, (byte) 0xA5);
    System.arraycopy(bytes, 0, around, 5, bytes.length);
    FrameView frame = new FrameView();

    frame.wrap(around, 5, around.length);

    assertThat(frame.size()).isEqualTo(bytes.length);
    assertThat(FrameFields.of(frame)).isEqualTo(FrameFields.of(plain));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void writerWritesTheSameBytes(PlainFrame plain) {
    if (plain.field("for").equals("reader")) {
      return;
    }
    ByteQueue queue = new ByteQueue();

    FrameFields.write(plain, new FrameWriter(queue));

    byte[] written = Arrays.copyOfRange(queue.array(), queue.head(), queue.tail());
    assertThat(HEX.formatHex(written)).isEqualTo(plain.field("frame"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void viewRefusesWhatBreaksARule(Map<String, String> vector) {
    byte[] bytes = HEX.parseHex(vector.get("frame"));

    assertThatThrownBy(() -> new FrameView().wrap(bytes, 0, bytes.length))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("malformed");
  }

  @Test
  void everyKindHasAVector() {
    for (int kind = 1; Kind.isKnown(kind); kind++) {
      String name = Kind.name(kind);
      assertThat(frames().map(frame -> frame.field("kind"))).contains(name);
    }
  }

  @Test
  void greetingsAreReadBack() {
    for (Map<String, String> vector : GoldenFile.read("greetings.txt")) {
      byte[] blob = HEX.parseHex(vector.get("blob"));
      Greeting greeting = Greeting.decode(blob, 0, blob.length);

      assertThat(greeting.version()).hasToString(vector.get("version"));
      greeting
          .entries()
          .forEach((key, value) -> assertThat(vector).containsEntry("entry." + key, value));
      assertThat(vector).hasSize(greeting.entries().size() + 3);
      assertThat(greeting.encode()).isEqualTo(blob);
    }
  }

  @Test
  void referencesAreReadBack() {
    for (Map<String, String> vector : GoldenFile.read("references.txt")) {
      SegmentReference reference =
          SegmentReference.decode(HEX.parseHex(vector.get("reference")), 0);

      assertThat(reference.fileName()).isEqualTo(vector.get("segment"));
      assertThat(reference.bytes()).hasToString(vector.get("bytes"));
      assertThat(reference.isSpilled()).isEqualTo(vector.get("spilled").equals("1"));
    }
  }

  @Test
  void heldReferencesAreReadBackOrRefused() {
    for (Map<String, String> vector : GoldenFile.read("held.txt")) {
      byte[] bytes = HEX.parseHex(vector.get("reference"));
      if (!vector.containsKey("task")) {
        assertThatThrownBy(() -> HeldReference.decode(bytes, 0))
            .isInstanceOf(MalformedFrameException.class)
            .hasMessageContaining("a held reference");
        continue;
      }
      HeldReference reference = HeldReference.decode(bytes, 0);
      assertThat(reference.task()).hasToString(vector.get("task"));
      assertThat(reference.bytes()).hasToString(vector.get("bytes"));
    }
  }

  @Test
  void payloadsAreReadBack() {
    byte[] lost = HEX.parseHex(GoldenFile.read("payloads.txt").get(0).get("payload"));
    byte[] chain = HEX.parseHex(GoldenFile.read("payloads.txt").get(1).get("payload"));
    byte[] thrown = HEX.parseHex(GoldenFile.read("payloads.txt").get(2).get("payload"));

    Fault fault = Fault.decode(lost, 0, lost.length);
    DependencyFailure failure = DependencyFailure.decode(chain, 0, chain.length);

    assertThat(fault.name()).isEqualTo("WorkerLost");
    assertThat(fault.details())
        .containsEntry("stderr", "boom\nMemoryError")
        .containsEntry("signal", "9");
    assertThat(failure.chain()).isEqualTo("score <- dock (task 17)");
    assertThat(failure.status()).isEqualTo(Status.FAULT);
    assertThat(failure.cause()).isEqualTo(lost);
    assertThat(Headline.decode(thrown, 0, thrown.length)).isEqualTo("ValueError: no map");
  }
}
