package fonio.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The text that something is to have: a resource in the folder {@code golden} beside a test.
 *
 * @param test the test
 */
public record Golden(Class<?> test) {
  /** Fails unless the text is that of the resource; the text is left in {@code target/golden}. */
  public void check(String name, String text) throws IOException {
    Path actual = Path.of("target", "golden", name);
    Files.createDirectories(actual.toAbsolutePath().getParent());
    Files.writeString(actual, text);
    try (InputStream in = test.getResourceAsStream("golden/" + name)) {
      if (!text.equals(text(in))) {
        throw new AssertionError(
            "%s is not the resource golden/%s of %s; compare them, and copy it there if it is right"
                .formatted(actual.toAbsolutePath(), name, test.getSimpleName()));
      }
    }
  }

  private static @Nullable String text(@Nullable InputStream in) throws IOException {
    return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }
}
