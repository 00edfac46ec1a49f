package fonio.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A manager as a process of its own: {@code ManagerMain --connect HOST:PORT --token-file FILE}.
 *
 * <p>Exit codes: 0 it ended in order, 2 its words cannot be used, 3 it was refused or cannot run, 4
 * its interchange was lost.
 */
public final class ManagerMain {
  /** What the words may be; each has a value. */
  public static final String USAGE =
      """
      usage: manager --connect HOST:PORT[,HOST:PORT...] --token-file FILE [--tls FILE] [--block ID] [--name NAME] [--walltime SECONDS]
        --connect     where the interchange listens; the first address that answers is taken
        --token-file  file with the secret of the run
        --tls         file with the certificate of the run, for an interchange that encrypts
        --block       the block that this manager belongs to
        --name        its name, by default of host and process
        --walltime    seconds until its job ends; it finishes what it has before\
      """;

  private static final List<String> WORDS =
      List.of("--connect", "--token-file", "--tls", "--block", "--name", "--walltime");

  private static final long STOP_MILLIS = 5_000;

  private ManagerMain() {}

  /** Runs a manager until it ends. */
  public static void main(String[] words) {
    System.exit(run(List.of(words)));
  }

  /** Runs a manager until it ends; its exit code. */
  public static int run(List<String> words) {
    if (words.contains("--help") || words.contains("-h")) {
      System.out.println(USAGE);
      return 0;
    }
    ManagerOptions options;
    try {
      options = options(words);
    } catch (IllegalArgumentException e) {
      System.err.println("fonio manager: " + e.getMessage());
      System.err.println(USAGE);
      return 2;
    }
    CountDownLatch ended = new CountDownLatch(1);
    try (Manager manager = new Manager(options, System::nanoTime)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(manager, ended), "fonio-stop"));
      String failure = manager.run();
      if (failure.isEmpty()) {
        return 0;
      }
      System.err.println("fonio manager " + options.name() + ": " + failure);
      return failure.startsWith("no interchange") ? 4 : 3;
    } catch (IOException | UncheckedIOException e) {
      System.err.println("fonio manager " + options.name() + ": " + e.getMessage());
      return 3;
    } finally {
      ended.countDown();
    }
  }

  /** A signal asks for the end: nothing may stay behind. */
  private static void stop(Manager manager, CountDownLatch ended) {
    manager.stop();
    try {
      if (!ended.await(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        System.err.println("fonio manager: it did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ManagerOptions options(List<String> words) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      if (!WORDS.contains(words.get(i)) || i + 1 == words.size()) {
        throw new IllegalArgumentException(
            words.get(i) + (WORDS.contains(words.get(i)) ? " needs a value" : " is unknown"));
      }
      values.put(words.get(i), words.get(i + 1));
    }
    return new ManagerOptions(
        addresses(values.getOrDefault("--connect", "")),
        token(values.getOrDefault("--token-file", "")),
        Optional.ofNullable(values.get("--tls")).map(Path::of),
        values.getOrDefault("--name", name(values.getOrDefault("--block", ""))),
        values.getOrDefault("--block", ""),
        Optional.ofNullable(values.get("--walltime")).map(ManagerMain::seconds));
  }

  private static List<InetSocketAddress> addresses(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("--connect HOST:PORT is missing");
    }
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String word : text.split(",", -1)) {
      int colon = word.lastIndexOf(':');
      String port = word.substring(colon + 1);
      if (colon < 1 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
        throw new IllegalArgumentException("--connect " + word + " is not HOST:PORT");
      }
      addresses.add(
          InetSocketAddress.createUnresolved(word.substring(0, colon), Integer.parseInt(port)));
    }
    return addresses;
  }

  private static String token(String file) {
    if (file.isBlank()) {
      throw new IllegalArgumentException("--token-file FILE is missing");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--token-file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Duration seconds(String text) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0) {
        return Duration.ofMillis((long) (1000 * seconds));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "--walltime " + text + " is not a number of seconds above 0");
  }

  /** A name that no other manager of the run has, also if a host is in two blocks. */
  private static String name(String block) {
    String random = UUID.randomUUID().toString().substring(0, 8);
    return block.isEmpty() ? "manager-" + random : "block" + block + "-" + random;
  }
}
