package fonio.worker;

import fonio.transport.Greeter;
import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.Membarrier;
import fonio.transport.RefusedException;
import fonio.transport.RingFile;
import fonio.transport.RingLink;
import fonio.transport.Segments;
import fonio.transport.Side;
import fonio.transport.SocketLink;
import fonio.wire.Greeting;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A worker process: it greets its engine, then runs what it is sent.
 *
 * <p>Arguments: socket, segments' folder, index, generation, ring capacity, token, engine's pid.
 */
public final class WorkerMain {
  private static final int ARGUMENTS = 7;
  private static final int NOT_READY = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static volatile boolean running;

  private WorkerMain() {}

  /** Whether this JVM is a worker process. */
  public static boolean isRunning() {
    return running;
  }

  /** Runs until the engine says that it is over, or is gone. */
  public static void main(String[] words) {
    if (words.length != ARGUMENTS) {
      System.err.printf(
          "a Fonio worker takes %d arguments, got %d; an engine starts it%n",
          ARGUMENTS, words.length);
      System.exit(NOT_READY);
    }
    int code = 0;
    running = true;
    try {
      work(words);
    } catch (RefusedException e) {
      System.err.println("this Fonio worker is refused: " + e.getMessage());
      code = NOT_READY;
    } catch (RuntimeException e) {
      System.err.println("this Fonio worker ends: " + e);
      code = NOT_READY;
    }
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(code);
  }

  private static void work(String[] words) {
    Path ring = Path.of(words[1], "worker-" + words[2] + "-" + words[3] + ".ring");
    try (RingFile file = RingFile.open(ring);
        LinkSet links = LinkSet.open()) {
      Greeting hello = Greeting.of(hello(words, file.capacity()));
      Greeter.Welcomed welcomed = Greeter.connect(Path.of(words[0]), hello, PATIENCE);
      SocketChannel channel = welcomed.channel();
      Link link =
          file.capacity() > 0 ? new RingLink(channel, file, Side.LOWER) : new SocketLink(channel);
      links.add(link);
      new Conversation(link, links, file, large(welcomed.welcome())).run();
    }
  }

  private static LargeValues large(Greeting welcome) {
    return new LargeValues(
        new Segments(
            Path.of(welcome.required("segments")),
            Path.of(welcome.required("spill")),
            Integer.parseInt(welcome.required("maker"))));
  }

  private static Map<String, String> hello(String[] words, int capacity) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("role", "worker");
    entries.put("pid", Long.toString(ProcessHandle.current().pid()));
    entries.put("worker", words[2]);
    entries.put("generation", words[3]);
    entries.put("token", words[5]);
    entries.put("codec", "java");
    entries.put("byteorder", "little");
    entries.put("ring", capacity > 0 ? "1" : "0");
    entries.put("membarrier", Membarrier.register() ? "1" : "0");
    entries.put("classes", ClassPath.digest(ClassPath.own()));
    return entries;
  }
}
