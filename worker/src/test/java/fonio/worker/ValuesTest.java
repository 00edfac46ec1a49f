package fonio.worker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValuesTest {

  private static @Nullable Object back(@Nullable Object value) throws Exception {
    byte[] bytes = Values.encode(value);
    byte[] within = new byte[bytes.length + 5];
    System.arraycopy(bytes, 0, within, 3, bytes.length);
    return Values.decode(within, 3, bytes.length);
  }

  @Test
  void everyValueComesBackAsItWas() throws Exception {
    for (Object value :
        List.of(
            Integer.MIN_VALUE, Long.MAX_VALUE, -0.0, true, false, "", "häß", "\ud800", 'c', 1f)) {
      assertEquals(value, back(value));
    }
    assertNull(back(null));
    assertArrayEquals(new byte[] {1, 2}, (byte[]) back(new byte[] {1, 2}));
    assertEquals(Double.NaN, back(Double.NaN));
  }

  @Test
  void nullAndNoArgumentsAreNoBytes() throws Exception {
    assertEquals(0, Values.encode(null).length);
    assertEquals(0, Arguments.encode(new Object[0]).length);
  }

  @Test
  void valuesOfParentsStandInTheirPlacesInOrder() throws Exception {
    byte[] bytes =
        Arguments.encode(new @Nullable Object[] {Arguments.PARENT, "b", null, Arguments.PARENT});
    assertEquals(
        Arrays.asList("a", "b", null, 4),
        Arrays.asList(Arguments.decode(bytes, 0, bytes.length, new Object[] {"a", 4})));
  }

  @Test
  void whatCannotTravelIsNamed() {
    NotSerializableException error =
        assertThrows(NotSerializableException.class, () -> Values.encode(new Thread()));
    assertTrue(String.valueOf(error.getMessage()).contains("Thread"));
    byte[] said = Values.encodeOrSay(new Thread(), "the result of task 7");
    InvalidObjectException read =
        assertThrows(InvalidObjectException.class, () -> Values.decode(said, 0, said.length));
    assertTrue(String.valueOf(read.getMessage()).contains("task 7"));
  }

  @Test
  void anUnknownKindIsNamed() {
    InvalidObjectException error =
        assertThrows(InvalidObjectException.class, () -> Values.decode(new byte[] {99, 0}, 0, 2));
    assertTrue(String.valueOf(error.getMessage()).contains("99"));
  }

  @Test
  void anExceptionKeepsItsTypeAndOneThatCannotTravelItsStack() {
    byte[] own = Errors.encode(new IllegalStateException("seven"));
    assertEquals("seven", Errors.decode(own, 0, own.length).getMessage());
    @SuppressWarnings("serial")
    class Stuck extends Exception {
      final Thread thread = new Thread();

      @Override
      public String getMessage() {
        return "stuck in " + thread;
      }
    }
    byte[] text = Errors.encode(new Stuck());
    assertTrue(String.valueOf(Errors.decode(text, 0, text.length).getMessage()).contains("Stuck"));
  }

  @Test
  void theDigestChangesWithAClass(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("A.class"), "one");
    String path = folder + File.pathSeparator + folder.resolve("missing.jar");
    String before = ClassPath.digest(path);
    assertEquals(before, ClassPath.digest(path));
    Files.writeString(folder.resolve("B.class"), "two");
    assertNotEquals(before, ClassPath.digest(path));
  }
}
