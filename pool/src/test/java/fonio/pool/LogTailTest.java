package fonio.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;
  private Path file = Path.of("unset");
  private LogTail tail = new LogTail(file);
  private final List<String> heard = new ArrayList<>();

  @BeforeEach
  void open() {
    file = folder.resolve("log");
    tail = new LogTail(file);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void fileThatIsNotThereSaysNothing() {
    assertFalse(tail.read(true, heard::add));
    assertEquals("", tail.last(100));
  }

  @Test
  void onlyWholeLinesArePassedOnUntilTheEnd() throws IOException {
    write("one\ntw");
    assertTrue(tail.read(false, heard::add));
    assertFalse(tail.read(false, heard::add));
    write("o\nthr");
    tail.read(false, heard::add);
    tail.read(true, heard::add);
    assertEquals(List.of("one\n", "two\n", "thr"), heard);
  }

  @Test
  void lineLongerThanTheBufferArrivesInPieces() throws IOException {
    write("x".repeat(100_000) + "\n");
    tail.read(false, heard::add);
    assertEquals(100_001, String.join("", heard).length());
  }

  @Test
  void outputWithoutEndDoesNotHoldTheCallerButIsReadInTheEnd() throws IOException {
    write("0123456\n".repeat(1 << 18));
    tail.read(false, heard::add);
    assertTrue(String.join("", heard).length() <= 1 << 20);
    tail.read(true, heard::add);
    assertEquals(1 << 21, String.join("", heard).length());
  }

  @Test
  void lastWordsAreThoseOfThePresentProcess() throws IOException {
    write("former\n");
    tail.begin();
    assertEquals("", tail.last(100));
    write("a\nlast words\n");
    assertEquals("a\nlast words", tail.last(100));
    assertEquals("words", tail.last(6));
  }
}
