package fonio.engine;

import fonio.worker.ClassPath;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shell text that starts a manager: with this process's Java, its classes and its AOT cache.
 *
 * @param addresses where managers reach the interchange, each {@code HOST:PORT}
 * @param tokenFile file with the secret of the run
 * @param tls words for the certificate; none in clear text
 * @param limits words for how long it may live; none for ever
 * @param classes its class path
 */
record ManagerCommand(
    List<String> addresses, Path tokenFile, List<String> tls, List<String> limits, String classes) {
  private static final String CACHE = "-XX:AOTCache=";

  String text(String block) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:CompileThresholdScaling=8",
            "--enable-native-access=ALL-UNNAMED"));
    words.addAll(ownCache());
    words.addAll(List.of("-cp", classes, "fonio.manager.ManagerMain"));
    words.addAll(List.of("--connect", String.join(",", addresses)));
    words.addAll(List.of("--token-file", tokenFile.toString()));
    words.addAll(List.of("--block", block));
    words.addAll(tls);
    words.addAll(limits);
    return words.stream().map(ManagerCommand::quoted).collect(Collectors.joining(" "));
  }

  /** The words of the command {@code manager} that start one by hand. */
  String invitation() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--connect", String.join(",", addresses)));
    words.addAll(List.of("--token-file", tokenFile.toString()));
    words.addAll(tls);
    return words.stream().map(ManagerCommand::quoted).collect(Collectors.joining(" "));
  }

  private static List<String> ownCache() {
    String[] words = ProcessHandle.current().info().arguments().orElse(new String[0]);
    return Arrays.stream(words).filter(word -> word.startsWith(CACHE)).limit(1).toList();
  }

  /** The classes of this process, as another one on this or another node finds them. */
  static String ownClasses() {
    try {
      Path place =
          Path.of(ManagerCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return place.toString().endsWith(".jar") ? place.toString() : ClassPath.own();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the classes of the engine cannot be found", e);
    }
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
