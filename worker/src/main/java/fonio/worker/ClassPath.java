package fonio.worker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The classes that a JVM runs: where they are, and a digest that tells whether two have the same.
 */
public final class ClassPath {
  private static final int DIGEST_BYTES = 16;

  private ClassPath() {}

  /** This JVM's class path; modules stand on it as jars. */
  public static String own() {
    String classes = System.getProperty("java.class.path", "");
    String modules = System.getProperty("jdk.module.path", "");
    return Stream.of(classes, modules)
        .filter(path -> !path.isEmpty())
        .reduce((a, b) -> a + File.pathSeparator + b)
        .orElse("");
  }

  /** A digest of the names, sizes and times of all files of a class path. */
  public static String digest(String classPath) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String entry : List.of(classPath.split(File.pathSeparator))) {
        Path path = Path.of(entry.isEmpty() ? "." : entry);
        if (Files.exists(path)) {
          add(digest, path);
        }
      }
      return HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    } catch (IOException e) {
      throw new UncheckedIOException("the class path " + classPath + " cannot be read", e);
    }
  }

  private static void add(MessageDigest digest, Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String line =
            "%s %d %d%n"
                .formatted(
                    root.relativize(file),
                    Files.size(file),
                    Files.getLastModifiedTime(file).toMillis());
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
    }
  }
}
