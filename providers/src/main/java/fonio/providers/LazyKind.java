package fonio.providers;

import fonio.api.ConfigurationException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A kind of provider in a jar of its own, which only runs that ask for it load.
 *
 * @param word its word
 * @param own where the classes of this module are
 */
record LazyKind(String word, Path own) {
  private static final String BUILDER = "FONIO_BUILDER";

  static LazyKind of(String word) {
    try {
      URI place = LazyKind.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return new LazyKind(word, Path.of(place));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the classes of the providers cannot be found", e);
    }
  }

  /**
   * The kind, from the class path or from its jar.
   *
   * @throws ConfigurationException if it is not there: where it was looked for
   */
  ProviderKind load(Map<String, String> environment) {
    ClassLoader parent = LazyKind.class.getClassLoader();
    try {
      Optional<ProviderKind> there = among(ServiceLoader.load(ProviderKind.class, parent));
      return there.isPresent() ? there.get() : fromJar(jar(environment), parent);
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new ConfigurationException(
          "provider %s cannot be loaded: %s; build it with this version of Fonio: %s"
              .formatted(word, e, build()),
          e);
    }
  }

  private Optional<ProviderKind> among(ServiceLoader<ProviderKind> kinds) {
    return kinds.stream()
        .map(ServiceLoader.Provider::get)
        .filter(kind -> kind.word().equals(word))
        .findFirst();
  }

  /** Never closed: a run has one, and its classes are needed to the end. */
  @SuppressWarnings("resource")
  private ProviderKind fromJar(Path jar, ClassLoader parent) {
    try {
      URL[] classes = {jar.toUri().toURL()};
      ClassLoader loader = new URLClassLoader("fonio-" + word, classes, parent);
      return among(ServiceLoader.load(ProviderKind.class, loader))
          .orElseThrow(() ->
              new ConfigurationException(
                  "%s has no provider %s; build it: %s".formatted(jar, word, build())));
    } catch (MalformedURLException e) {
      throw new IllegalStateException("the jar " + jar + " has no URL", e);
    }
  }

  private Path jar(Map<String, String> environment) {
    List<Path> places = places(environment);
    return first(places)
        .or(() -> built(environment) ? first(places) : Optional.empty())
        .orElseThrow(() ->
            new ConfigurationException(
                "provider %s is in a jar of its own, which is none of %s; build it in the source tree of Fonio: %s, or set %s to its path"
                    .formatted(
                        word,
                        places.stream().map(Path::toString).collect(Collectors.joining(", ")),
                        build(),
                        variable())));
  }

  private static Optional<Path> first(List<Path> places) {
    return places.stream().filter(Files::isRegularFile).findFirst();
  }

  /** Has it built, where this program was started by the launcher of a source tree. */
  private boolean built(Map<String, String> environment) {
    String builder = environment.getOrDefault(BUILDER, "");
    if (builder.isEmpty()) {
      return false;
    }
    try {
      return new ProcessBuilder(builder, word).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s=%s cannot be started: %s; unset it, or start the program by the ./fonio of a source tree"
              .formatted(BUILDER, builder, e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** As the environment says; beside the engine's jar; as a build of the source tree leaves it. */
  private List<Path> places(Map<String, String> environment) {
    String name = "fonio-" + word + ".jar";
    String asked = environment.getOrDefault(variable(), "");
    if (!asked.isEmpty()) {
      return List.of(Path.of(asked));
    }
    List<Path> places = new ArrayList<>();
    places.add(own.resolveSibling(name));
    Stream.iterate(own, path -> path != null, Path::getParent)
        .skip(2)
        .limit(2)
        .map(root -> root.resolve(word).resolve("target").resolve(name))
        .forEach(places::add);
    return places;
  }

  private String variable() {
    return "FONIO_" + word.toUpperCase(Locale.ROOT) + "_JAR";
  }

  private String build() {
    return "./mvnw -Dquick package -pl %s -am".formatted(word);
  }
}
