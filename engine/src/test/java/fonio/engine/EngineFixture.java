package fonio.engine;

import fonio.executors.Lane;
import fonio.transport.Link;
import fonio.transport.Segments;
import fonio.transport.SocketLink;
import fonio.wire.ByteQueue;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Length;
import fonio.wire.Status;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session and its dataflow without workers: the test is the client, at the other end of a socket,
 * and plays the lanes by taking tasks from the kernel.
 */
abstract class EngineFixture {
  static final int PLAIN = 1;
  static final int RETRIED = 2;
  static final int ASKS = 3;
  static final int PROMISE = 4;

  @TempDir Path folder = Path.of("unset");
  final List<Long> deleted = new ArrayList<>();
  final Account account = new Account(0);
  final Outbox outbox = new Outbox(0);
  final Port port = new Port();

  /** How many frames with results the client has got. */
  int resultFrames;

  /** Who waits for a checkpoint to be durable. */
  final List<Consumer<String>> checkpoints = new ArrayList<>();

  final Dataflow dataflow =
      new Dataflow(0, new Catalog(Map.of("lane", 0)), outbox, account, port, deleted::add, () -> 0);
  final ByteQueue toEngine = new ByteQueue();
  final FrameWriter say = new FrameWriter(toEngine);
  private final ByteQueue toClient = new ByteQueue();
  private final FrameView frame = new FrameView();
  private final List<AutoCloseable> open = new ArrayList<>();
  private @Nullable SocketLink client;
  private @Nullable Session session;

  /** What the dataflow says goes to the session, once there is one. */
  static final class Port implements ClientPort {
    private @Nullable Session session;

    @Override
    public void ask(long task, Result failure) {
      if (session != null) {
        session.ask(task, failure);
      }
    }

    @Override
    public void verdict(long task) {
      if (session != null) {
        session.verdict(task);
      }
    }

    @Override
    public void output(int worker, boolean error, String text) {
      if (session != null) {
        session.output(worker, error, text);
      }
    }
  }

  @BeforeEach
  void connect() throws IOException {
    Path path = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
      client = new SocketLink(SocketChannel.open(UnixDomainSocketAddress.of(path)));
      SocketLink upper = new SocketLink(server.accept());
      session = talk(upper);
      port.session = session;
      open.add(client());
      open.add(upper);
      open.add(dataflow::close);
    }
    dataflow.define(new ClassDefinition(PLAIN, 1, Map.of("name", "plain")));
    dataflow.define(new ClassDefinition(RETRIED, 1, Map.of("name", "retried", "retries", "1")));
    dataflow.define(new ClassDefinition(ASKS, 1, Map.of("name", "asks", "ask", "retry")));
    dataflow.define(new ClassDefinition(PROMISE, 0, Map.of("name", "promise")));
  }

  /** The conversation with the client. */
  Session talk(Link upper) {
    return new Session(upper, desk());
  }

  /** The lanes that are told of everything, if a test has any. */
  List<Lane> lanes() {
    return List.of();
  }

  /** Who does what is asked for. */
  final Desk desk() {
    Reasons reasons = new Reasons(new Segments(folder, folder, 1));
    return new Desk(dataflow, lanes(), account, () -> 0, checkpoints::add, reasons);
  }

  @AfterEach
  void disconnect() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  final SocketLink client() {
    return java.util.Objects.requireNonNull(client);
  }

  final Session session() {
    return java.util.Objects.requireNonNull(session);
  }

  /** Sends what was said, and lets the engine obey; what it answered, one line for each frame. */
  final List<String> exchange() {
    while (!toEngine.isEmpty()) {
      client().write(toEngine);
      session().read();
    }
    session().read();
    return answers();
  }

  /** Sends what the engine has gathered. */
  void flush() {
    outbox.flush(session().writer());
  }

  /** What the engine has for the client. */
  final List<String> answers() {
    if (!session().isGone()) {
      flush();
    }
    List<String> lines = new ArrayList<>();
    for (boolean more = true; more; ) {
      more = session().write() > 0;
      List<String> received = received();
      more |= !received.isEmpty();
      lines.addAll(received);
    }
    return lines;
  }

  /** What has come to the client. */
  final List<String> received() {
    List<String> lines = new ArrayList<>();
    while (client().read(toClient) > 0) {
      while (frame.next(toClient)) {
        describe(lines);
        toClient.consumed(frame.size());
      }
    }
    return lines;
  }

  private void describe(List<String> lines) {
    switch (frame.kind()) {
      case Kind.RESULTS -> {
        resultFrames++;
        for (int i = 0; i < frame.count(); i++) {
          lines.add(frame.task(i) + " " + Status.name(frame.status(i)) + payload(i));
        }
      }
      case Kind.FAULT -> lines.add(frame.blobText());
      default -> lines.add(Kind.name(frame.kind()) + " " + frame.first());
    }
  }

  private String payload(int i) {
    if (frame.isSegment(i)) {
      return " in a segment";
    }
    int length = Length.bytes(frame.rawLength(i));
    String text =
        new String(frame.array(), frame.payloadOffset(i), length, StandardCharsets.ISO_8859_1);
    return text.isEmpty() ? "" : " " + text;
  }

  /** Submits one task with text for arguments. */
  final void submit(int classId, int task, int... parents) {
    byte[] text = ("a" + task).getBytes(StandardCharsets.UTF_8);
    say.begin(Kind.SUBMIT, classId, 1, task).lengths(new int[] {text.length}, 0);
    if (parents.length > 0) {
      say.parents(new int[] {parents.length}, parents);
    }
    say.payload(text, 0, text.length).end();
  }

  /** Takes all ready tasks, as a lane does. */
  final List<Long> take() {
    List<Long> all = new ArrayList<>();
    long[] some = new long[16];
    for (int n = 1; n > 0; ) {
      n = dataflow.kernel().take(0, some.length, some, 0);
      for (int i = 0; i < n; i++) {
        all.add(some[i]);
      }
    }
    return all;
  }

  /** Answers for a task as a worker does, under its present attempt. */
  final void answer(long task, int status, String payload) {
    answer(task, dataflow.kernel().attempt(task), status, payload);
  }

  final void answer(long task, int attempt, int status, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    answer(task, attempt, status, bytes, bytes.length);
  }

  final void answer(long task, int attempt, int status, byte[] bytes, int lengthColumn) {
    ByteQueue queue = new ByteQueue();
    new FrameWriter(queue)
        .begin(Kind.RESULTS, 0, 1, (int) task)
        .lengths(new int[] {lengthColumn}, 0)
        .statuses(new byte[] {(byte) status}, 0)
        .payload(bytes, 0, bytes.length)
        .end();
    FrameView view = new FrameView();
    if (!view.next(queue)) {
      throw new IllegalStateException("the frame is not whole");
    }
    dataflow.reports().results(view, new long[] {task}, new int[] {attempt}, 0);
  }
}
