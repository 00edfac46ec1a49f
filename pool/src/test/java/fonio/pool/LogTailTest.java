package fonio.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output comes in whole lines, and an error quotes the process that it is about. */
class LogTailTest {
  @TempDir Path folder;

  private final List<String> texts = new ArrayList<>();

  private LogTail tail() {
    return new LogTail(folder.resolve("log"));
  }

  private void append(String text) throws IOException {
    Files.writeString(
        folder.resolve("log"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void unfinishedLineWaitsForItsEnd() throws IOException {
    LogTail tail = tail();
    append("one\ntw");
    tail.read(false, texts::add);
    append("o\n");
    tail.read(false, texts::add);
    assertThat(texts).containsExactly("one\n", "two\n");
  }

  @Test
  void unfinishedLineOfAProcessThatEndedIsPassedOn() throws IOException {
    LogTail tail = tail();
    append("one\ntw");
    tail.read(true, texts::add);
    assertThat(String.join("", texts)).isEqualTo("one\ntw");
  }

  @Test
  void moreThanABufferIsCutBetweenLines() throws IOException {
    append("0123456789\n".repeat(20_000));
    tail().read(false, texts::add);
    assertThat(texts).hasSizeGreaterThan(1).allMatch(text -> text.endsWith("\n"));
    assertThat(String.join("", texts)).hasSize(220_000);
  }

  @Test
  void outputWithoutEndDoesNotHoldTheCallerButIsReadInTheEnd() throws IOException {
    LogTail tail = tail();
    append("0123456\n".repeat(1 << 16));
    tail.read(false, texts::add);
    assertThat(String.join("", texts)).hasSize(1 << 18);
    tail.read(true, texts::add);
    assertThat(String.join("", texts)).hasSize(1 << 19);
  }

  @Test
  void lineLongerThanABufferStillComes() throws IOException {
    append("x".repeat(100_000) + "\n");
    tail().read(false, texts::add);
    assertThat(String.join("", texts)).hasSize(100_001);
  }

  @Test
  void lastWordsAreThoseOfThePresentProcess() throws IOException {
    LogTail tail = tail();
    append("of the first\n");
    tail.begin();
    assertThat(tail.last(100)).isEmpty();
    append("of the second\n");
    assertThat(tail.last(100)).isEqualTo("of the second");
    assertThat(tail.last(7)).isEqualTo("second");
  }
}
