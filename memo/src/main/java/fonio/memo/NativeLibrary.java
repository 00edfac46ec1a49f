package fonio.memo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * SQLite's machine code, unpacked once into the user's cache.
 *
 * <p>The driver would unpack it into the temp folder at every start and leave it there when the
 * process is killed.
 */
final class NativeLibrary {
  private static final String NAME = "libsqlitejdbc.so";

  private NativeLibrary() {}

  /** Tells the driver where the library is, unless this platform has none of ours. */
  static void prepare() throws IOException {
    Optional<String> resource = resource();
    if (resource.isEmpty() || System.getProperty("org.sqlite.lib.path") != null) {
      return;
    }
    ClassLoader loader = NativeLibrary.class.getClassLoader();
    try (InputStream in = loader == null ? null : loader.getResourceAsStream(resource.get())) {
      if (in == null) {
        return;
      }
      byte[] bytes = in.readAllBytes();
      Path folder =
          cache().resolve("sqlite-" + Integer.toHexString(java.util.Arrays.hashCode(bytes)));
      Path library = folder.resolve(NAME);
      if (!Files.isRegularFile(library) || Files.size(library) != bytes.length) {
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, NAME, ".new");
        Files.write(fresh, bytes);
        Files.move(fresh, library, StandardCopyOption.ATOMIC_MOVE);
      }
      System.setProperty("org.sqlite.lib.path", folder.toString());
      System.setProperty("org.sqlite.lib.name", NAME);
    }
  }

  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("fonio");
  }

  private static Optional<String> resource() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.empty();
    }
    return switch (System.getProperty("os.arch")) {
      case "amd64" -> Optional.of("org/sqlite/native/Linux/x86_64/" + NAME);
      case "aarch64" -> Optional.of("org/sqlite/native/Linux/aarch64/" + NAME);
      default -> Optional.empty();
    };
  }
}
