package fonio.engine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a class file lies: in the JDK, in a jar, or by itself in a folder or in memory.
 *
 * @param archive the jar that it is in, or null
 */
record ClassSource(URL url, @Nullable Path archive) {
  private static final String IN_JAR = "!/";

  /** The file of a class, named with slashes, as a loader finds it. */
  static Optional<ClassSource> find(String name, ClassLoader loader) {
    URL url = loader.getResource(name + ".class");
    return url == null ? Optional.empty() : Optional.of(new ClassSource(url, archive(url)));
  }

  private static @Nullable Path archive(URL url) {
    String place = url.getPath();
    int end = place.lastIndexOf(IN_JAR);
    return url.getProtocol().equals("jar") && end > 0 && place.startsWith("file:")
        ? Path.of(URI.create(place.substring(0, end)))
        : null;
  }

  boolean isInJdk() {
    return url.getProtocol().equals("jrt");
  }

  /**
   * The bytes of the class.
   *
   * @param began a moment: a file that was written later is refused, as other code may run
   */
  byte[] bytes(Instant began) throws IOException {
    if (archive != null) {
      check(archive, began);
    } else if (url.getProtocol().equals("file")) {
      check(Path.of(URI.create(url.toString())), began);
    }
    try (InputStream in = url.openStream()) {
      return in.readAllBytes();
    }
  }

  /** What stands for all the code of a jar: its name, size and time. */
  static byte[] digest(Path jar, Instant began) throws IOException {
    check(jar, began);
    long size = Files.size(jar);
    long millis = Files.getLastModifiedTime(jar).toMillis();
    String line = "%s %d %d".formatted(jar.getFileName(), size, millis);
    return Sha256.of(line.getBytes(StandardCharsets.UTF_8));
  }

  private static void check(Path file, Instant began) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    if (written.isAfter(began)) {
      throw new IOException(
          "%s was written at %s, after the run began at %s, and may not be what runs"
              .formatted(file, written, began));
    }
  }

  /** The classes that a class file names, with slashes. */
  static List<String> namesIn(byte[] classFile) {
    List<String> names = new ArrayList<>();
    for (PoolEntry entry : ClassFile.of().parse(classFile).constantPool()) {
      if (entry instanceof ClassEntry type && !type.asInternalName().startsWith("[")) {
        names.add(type.asInternalName());
      }
    }
    return names;
  }
}
