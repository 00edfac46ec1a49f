package fonio.engine;

import fonio.worker.ClassPath;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The shell text that starts a manager.
 *
 * @param program its first words; the options of a manager follow
 * @param addresses where managers reach the interchange, each {@code HOST:PORT}
 * @param tokenFile file with the secret of the run
 * @param tls file with the certificate; none in clear text
 * @param limits words for how long it may live; none for ever
 * @param launch what stands around it
 */
record ManagerCommand(
    List<String> program,
    List<String> addresses,
    Path tokenFile,
    Optional<Path> tls,
    List<String> limits,
    LaunchTemplate launch) {
  private static final String CACHE = "-XX:AOTCache=";

  /** One for nodes that share a folder with this machine: with its Java, its classes, its cache. */
  static ManagerCommand of(
      HtexPlan plan,
      List<String> addresses,
      Path tokenFile,
      Optional<Path> tls,
      List<String> limits) {
    return new ManagerCommand(
        java(plan.classes(), ownCache()),
        addresses,
        tokenFile,
        tls,
        limits,
        LaunchTemplate.of(plan, addresses));
  }

  /**
   * The words that start a manager with the Java of this process.
   *
   * @param classes its class path
   * @param options of that Java, beside the usual ones
   */
  static List<String> java(String classes, List<String> options) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:CompileThresholdScaling=8",
            "--enable-native-access=ALL-UNNAMED"));
    words.addAll(options);
    words.addAll(List.of("-cp", classes, "fonio.manager.ManagerMain"));
    return words;
  }

  String text(String block) {
    List<String> words = new ArrayList<>(program);
    words.addAll(reach(addresses, tokenFile, tls));
    words.addAll(List.of("--block", block));
    words.addAll(limits);
    return launch.around(joined(words), block);
  }

  /** The words of the command {@code manager} that start one by hand. */
  String invitation() {
    return invitation(addresses, tokenFile, tls);
  }

  /** The words of the command {@code manager} that reach an interchange. */
  static String invitation(List<String> addresses, Path tokenFile, Optional<Path> tls) {
    return joined(reach(addresses, tokenFile, tls));
  }

  private static List<String> reach(List<String> addresses, Path tokenFile, Optional<Path> tls) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--connect", String.join(",", addresses)));
    words.addAll(List.of("--token-file", tokenFile.toString()));
    tls.ifPresent(file -> words.addAll(List.of("--tls", file.toString())));
    return words;
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

  private static String joined(List<String> words) {
    return words.stream().map(ManagerCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
