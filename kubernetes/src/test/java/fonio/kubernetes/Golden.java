package fonio.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text that something is to have, in a resource; the text that it has, in target/golden. */
final class Golden {
  private Golden() {}

  static void check(String name, String text) throws IOException {
    Path actual = Path.of("target", "golden", name);
    Files.createDirectories(actual.toAbsolutePath().getParent());
    Files.writeString(actual, text);
    try (InputStream in = Golden.class.getResourceAsStream("golden/" + name)) {
      assertThat(in).as("the resource golden/%s; compare with %s", name, actual).isNotNull();
      assertThat(text)
          .as("compare with %s", actual)
          .isEqualTo(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
