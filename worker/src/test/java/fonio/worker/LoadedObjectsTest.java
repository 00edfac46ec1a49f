package fonio.worker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoadedObjectsTest {
  private static final class Grain implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** A grain whose class has another name of the same length, which nobody has. */
  private static byte[] ofUnknownClass() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Grain());
    }
    return bytes
        .toString(StandardCharsets.ISO_8859_1)
        .replace("$Grain", "$Chaff")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void classThatWorkersDoNotHaveIsNamedWithWhereItMustBe() throws IOException {
    byte[] bytes = ofUnknownClass();
    for (var loader : Arrays.asList(null, LoadedObjectsTest.class.getClassLoader())) {
      try (LoadedObjects in = new LoadedObjects(new ByteArrayInputStream(bytes), loader)) {
        assertThatThrownBy(in::readObject)
            .isInstanceOf(ClassNotFoundException.class)
            .hasMessageContaining("LoadedObjectsTest$Chaff is not on the class path")
            .hasMessageContaining("compile it into a folder or a jar");
      }
    }
  }
}
