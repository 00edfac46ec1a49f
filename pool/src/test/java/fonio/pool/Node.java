package fonio.pool;

import static java.nio.charset.StandardCharsets.UTF_8;

import fonio.testkit.Deadline;
import fonio.transport.LinkSet;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** A pool of real Python workers, and a record of all that it tells. */
final class Node implements PoolListener, AutoCloseable {
  static final String TOKEN = "0123456789abcdef0123456789abcdef";

  /** A function whose one argument is Python source that it executes. */
  static final int EXEC = 1;

  private static final Path PACKAGE = Path.of("..", "python", "src").toAbsolutePath().normalize();
  static final Duration PATIENCE = Duration.ofSeconds(30);

  final Path folder;
  final LinkSet links = LinkSet.open();
  final Pool pool;
  final List<Long> answered = new ArrayList<>();
  final List<Long> returned = new ArrayList<>();
  final List<Long> killed = new ArrayList<>();
  final List<Long> timedOut = new ArrayList<>();
  final Map<Long, WorkerDeath> lost = new TreeMap<>();
  final List<WorkerDeath> unusable = new ArrayList<>();
  int turns;

  /** How much later than the system's the pool's clock is. */
  final AtomicLong skippedNanos = new AtomicLong();

  private static final AtomicInteger makers = new AtomicInteger(16);

  final StringBuilder output = new StringBuilder();

  /** Starts it; the pool has classes 1 (no limit) and 2 (a walltime of 100 ms), both of EXEC. */
  Node(Path folder, int workers, String program) throws IOException {
    this(folder, config(folder, workers, program, 0, false));
  }

  Node(Path folder, PoolConfig config) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("segments"));
    pool = new Pool(config, this, links, () -> System.nanoTime() + skippedNanos.get());
    pool.function(function(EXEC, "exec"));
    pool.define(new ClassDefinition(1, EXEC, Map.of("name", "exec")));
    pool.define(new ClassDefinition(2, EXEC, Map.of("name", "exec", "walltime_ms", "100")));
  }

  static Node start(Path folder, int workers) throws IOException {
    return new Node(folder, workers, "python3");
  }

  /** A pickle that names a builtin of Python. */
  static FunctionDefinition function(int id, String module, String name) {
    byte[] pickle = ("c" + module + "\n" + name + "\n.").getBytes(UTF_8);
    return new FunctionDefinition(id, FunctionDefinition.PYTHON, name, pickle);
  }

  private static FunctionDefinition function(int id, String builtin) {
    return function(id, "builtins", builtin);
  }

  Path socket() {
    return folder.resolve("workers.sock");
  }

  /** Sends a worker consecutive tasks in one frame, each some Python source. */
  void send(int worker, int classId, long first, String... sources) {
    FrameWriter writer = pool.prepare(worker, classId);
    long[] tasks = new long[sources.length];
    int[] lengths = new int[sources.length];
    byte[][] payloads = new byte[sources.length][];
    for (int i = 0; i < sources.length; i++) {
      tasks[i] = first + i;
      payloads[i] = marshal(sources[i]);
      lengths[i] = payloads[i].length;
    }
    writer.begin(Kind.TASKS, classId, tasks.length, (int) first).lengths(lengths, 0);
    for (byte[] payload : payloads) {
      writer.payload(payload, 0, payload.length);
    }
    writer.end();
    pool.sent(worker, classId, tasks, new int[tasks.length], 0, tasks.length);
  }

  /** A tuple of one text, as marshal version 2 has it. */
  private static byte[] marshal(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return ByteBuffer.allocate(10 + bytes.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) '(')
        .putInt(1)
        .put((byte) 'u')
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  /** Lets the pool work until something is true. */
  void until(BooleanSupplier condition) {
    Deadline deadline = Deadline.in(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (deadline.isOver()) {
        throw new AssertionError("not within " + PATIENCE + "; the pool has " + pool.describe());
      }
      turns++;
      int work = pool.doWork();
      links.await(work > 0 ? 0 : 1_000_000);
    }
  }

  /** Waits until all workers take tasks. */
  void untilReady() {
    until(() -> pool.describe().values().stream().allMatch(line -> line.contains("ready")));
  }

  /** The process id of a worker. */
  int pid(int worker) {
    String line = pool.describe().get("node-w" + worker);
    return Integer.parseInt(line.substring("pid ".length(), line.indexOf(',')));
  }

  /** Whether a process runs; one that nobody waited for yet does not. */
  static boolean isAlive(int pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Integer.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  static PoolConfig config(
      Path folder, int workers, String program, int maxTasks, boolean sharedQueue) {
    String here = folder.toString();
    return new PoolConfig(
        "node",
        workers,
        List.of(program, "-E", "-S", PACKAGE.resolve("fonio/_worker.py").toString()),
        Map.of(),
        Map.of(
            "session",
            "1",
            "segments",
            here + "/segments",
            "spill",
            here,
            "cwd",
            here,
            "umask",
            "63",
            "path.0",
            PACKAGE.toString(),
            "initializer",
            "0"),
        folder,
        folder.resolve("logs"),
        folder.resolve("segments"),
        folder.resolve("workers.sock"),
        TOKEN,
        "python-",
        "",
        1 << 16,
        makers::incrementAndGet,
        1_000_000,
        maxTasks,
        "none",
        Placement.leastLoaded(),
        sharedQueue);
  }

  @Override
  public void results(int worker, FrameView frame, long[] tasks, int[] attempts) {
    for (int i = 0; i < frame.count(); i++) {
      if (attempts[i] >= 0) {
        answered.add(tasks[i]);
      }
    }
  }

  @Override
  public void returned(long task, int attempt) {
    returned.add(task);
  }

  @Override
  public void lost(long task, int attempt, WorkerDeath death) {
    lost.put(task, death);
  }

  @Override
  public void killed(long task, int attempt) {
    killed.add(task);
  }

  @Override
  public void timedOut(long task, int attempt, long walltimeMillis) {
    timedOut.add(task);
  }

  @Override
  public void unusable(WorkerDeath death) {
    unusable.add(death);
  }

  @Override
  public void output(int worker, boolean error, String text) {
    output.append(text);
  }

  @Override
  public void close() {
    pool.close();
    links.close();
  }
}
