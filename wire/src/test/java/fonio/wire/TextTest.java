package fonio.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TextTest {
  private static Map<String, String> decoded(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Lines.decode(bytes, 0, bytes.length);
  }

  @Test
  void lastOfEqualKeysCounts() {
    assertThat(decoded("a=1\na=2")).containsExactly(Map.entry("a", "2"));
  }

  @Test
  void unknownEscapeStandsForItself() {
    assertThat(decoded("a=\\x\\")).containsEntry("a", "\\x\\");
  }

  @Test
  void lineWithoutKeyIsRefused() {
    assertThatThrownBy(() -> decoded("a=1\nrubbish"))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("'rubbish'");
  }

  @Test
  void keyThatCannotBeReadBackIsRefused() {
    assertThatThrownBy(() -> Lines.encode(Map.of("a=b", "1"))).hasMessageContaining("'a=b'");
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> Lines.decode(new byte[] {'a', '=', (byte) 0xFF}, 0, 3))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void greetingOfAnotherProgramIsRefused() {
    byte[] bytes = "GET / HTTP/1.1".getBytes(UTF_8);

    assertThatThrownBy(() -> Greeting.decode(bytes, 0, bytes.length))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("is the peer Fonio?");
  }

  @Test
  void refusalNamesBothVersions() {
    assertThat(new Greeting(2, Map.of()).refusal()).contains("version 1", "version 2");
    assertThat(Greeting.of(Map.of()).refusal()).isEmpty();
  }

  @Test
  void missingEntryIsNamed() {
    assertThatThrownBy(() -> Greeting.of(Map.of("pid", "1")).required("token"))
        .hasMessageContaining("'token'")
        .hasMessageContaining("pid");
  }

  @Test
  void faultKeepsItsMessageInOneLine() {
    byte[] bytes = new Fault("AppTimeout", "too\nlong", Map.of("task", "3")).encode();

    assertThat(Fault.decode(bytes, 0, bytes.length))
        .isEqualTo(new Fault("AppTimeout", "too long", Map.of("task", "3")));
  }

  @Test
  void dependencyWithoutRoomForItsChainIsRefused() {
    assertThatThrownBy(() -> DependencyFailure.decode(new byte[] {9, 0, 0, 0, 0}, 0, 5))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void segmentOfNegativeLengthIsRefused() {
    byte[] bytes = new byte[16];
    bytes[15] = (byte) 0x80;

    assertThatThrownBy(() -> SegmentReference.decode(bytes, 0))
        .isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void namesOfUnknownNumbersSayTheNumber() {
    assertThat(Kind.name(99)).contains("99");
    assertThat(Status.name(99)).contains("99");
    assertThat(Flag.name(0x80)).contains("80");
    assertThat(Status.name(Status.SKIPPED)).isEqualTo("SKIPPED");
  }
}
