package fonio.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A digest of the code of classes and of what they refer to.
 *
 * <p>Followed are the program's own classes: those that lie in folders or in memory, and those in
 * the jar of a class that defines the function. Another jar is known by its name, size and time;
 * the JDK and Fonio by the names of their classes. What code reaches by reflection only is not
 * followed.
 */
final class CodeDigest {
  private static final Set<String> FONIO = Set.of("fonio/engine/Fonio", "fonio/engine/AppMaker");
  private static final Code NAMED = new Code("", List.of());

  private final Instant began;
  private final Map<Question, byte[]> answers = new ConcurrentHashMap<>();
  private final Map<Place, Code> codes = new ConcurrentHashMap<>();
  private final Map<Path, Code> jars = new ConcurrentHashMap<>();

  private record Question(Set<Class<?>> classes, Set<Class<?>> owners) {}

  /** A class by its name, with slashes, and the loader that finds it; null for the JDK's. */
  private record Place(String name, @Nullable ClassLoader loader) {
    static Place of(Class<?> type) {
      Class<?> element = type;
      while (element.isArray()) {
        element = element.getComponentType();
      }
      return new Place(element.getName().replace('.', '/'), element.getClassLoader());
    }

    Optional<ClassSource> source() {
      return loader == null ? Optional.empty() : ClassSource.find(name, loader);
    }

    /**
     * The source of a class that may be compiled only when it is loaded; empty if there is none.
     */
    Optional<ClassSource> sourceAfterLoading() throws IOException {
      Optional<ClassSource> found = source();
      if (found.isPresent()) {
        return found;
      }
      try {
        Class<?> type = Class.forName(name.replace('/', '.'), false, loader);
        found = source();
        if (found.isEmpty()) {
          throw new IOException(type + " has no class file");
        }
      } catch (ClassNotFoundException | LinkageError missing) {
        return Optional.empty();
      }
      return found;
    }

    boolean isOfProgram() {
      return loader != null && !name.startsWith("fonio/api/") && !FONIO.contains(name);
    }
  }

  /** What stands for a class, and the classes that it names as far as they are followed. */
  private record Code(String digest, List<String> names) {}

  /**
   * A digest for one run.
   *
   * @param began when it began: class files that are written later are not those that run
   */
  CodeDigest(Instant began) {
    this.began = began;
  }

  /**
   * The digest of the code of several classes.
   *
   * @param owners the classes that define the function
   * @throws IOException if a class has no file to be read, such as one that was made at run time
   */
  byte[] of(Set<Class<?>> classes, Set<Class<?>> owners) throws IOException {
    Question question = new Question(Set.copyOf(classes), Set.copyOf(owners));
    byte[] known = answers.get(question);
    if (known == null) {
      String lines = String.join("\n", lines(classes, jars(owners)));
      known = Sha256.of(lines.getBytes(StandardCharsets.UTF_8));
      answers.put(question, known);
    }
    return known;
  }

  private static Set<Path> jars(Set<Class<?>> owners) {
    Set<Path> jars = new HashSet<>();
    for (Class<?> owner : owners) {
      Path jar = Place.of(owner).source().map(ClassSource::archive).orElse(null);
      if (jar != null) {
        jars.add(jar);
      }
    }
    return jars;
  }

  private Set<String> lines(Set<Class<?>> classes, Set<Path> own) throws IOException {
    Deque<Place> open = new ArrayDeque<>();
    for (Class<?> type : classes) {
      if (type.isHidden()) {
        throw new IOException(type + " has no class file");
      }
      open.add(Place.of(type));
    }
    Set<Place> seen = new HashSet<>(open);
    Set<String> lines = new TreeSet<>();
    while (!open.isEmpty()) {
      Place place = open.remove();
      Code code = code(place, own);
      lines.add(place.name() + " " + code.digest());
      for (String name : code.names()) {
        Place next = new Place(name, place.loader());
        if (seen.add(next)) {
          open.add(next);
        }
      }
    }
    return lines;
  }

  private Code code(Place place, Set<Path> own) throws IOException {
    Optional<ClassSource> found =
        place.isOfProgram() ? place.sourceAfterLoading() : Optional.empty();
    if (found.isEmpty() || found.get().isInJdk()) {
      return NAMED;
    }
    ClassSource source = found.get();
    Path jar = source.archive();
    return jar == null || own.contains(jar) ? followed(place, source) : known(jar);
  }

  private Code followed(Place place, ClassSource source) throws IOException {
    Code code = codes.get(place);
    if (code == null) {
      byte[] bytes = source.bytes(began);
      code = new Code(HexFormat.of().formatHex(Sha256.of(bytes)), ClassSource.namesIn(bytes));
      codes.put(place, code);
    }
    return code;
  }

  private Code known(Path jar) throws IOException {
    Code code = jars.get(jar);
    if (code == null) {
      code = new Code(HexFormat.of().formatHex(ClassSource.digest(jar, began)), List.of());
      jars.put(jar, code);
    }
    return code;
  }
}
