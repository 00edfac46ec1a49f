package fonio.bench;

import fonio.transport.Link;
import fonio.transport.RingFile;
import fonio.transport.RingLink;
import fonio.transport.Side;
import fonio.transport.SocketLink;
import fonio.wire.ByteQueue;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to move one frame over a link and to read it on the other side, without a wait. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LinkBench {

  /** The kind of the link. */
  @Param({"ring", "socket"})
  public String kind = "ring";

  /** The size of the frame: 256 no-ops, 256 small tuples, large payloads. */
  @Param({"16", "4096", "65536"})
  public int frameBytes = 4096;

  private final ByteQueue out = new ByteQueue();
  private final ByteQueue in = new ByteQueue();
  private byte[] frame = new byte[0];
  private @Nullable Path folder;
  private @Nullable Link sender;
  private @Nullable Link receiver;

  /** Opens both ends of the link in this process. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    frame = new byte[frameBytes];
    Path made = Files.createTempDirectory("fonio-link-bench-");
    folder = made;
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(made.resolve("s"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      SocketChannel near = SocketChannel.open(address);
      SocketChannel far = server.accept();
      near.configureBlocking(false);
      far.configureBlocking(false);
      if (kind.equals("ring")) {
        RingFile created = RingFile.create(made.resolve("ring"), RingFile.DEFAULT_CAPACITY);
        sender = new RingLink(near, created, Side.UPPER);
        receiver = new RingLink(far, RingFile.open(made.resolve("ring")), Side.LOWER);
      } else {
        sender = new SocketLink(near);
        receiver = new SocketLink(far);
      }
    }
  }

  /** Closes both ends. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    opened(sender).close();
    opened(receiver).close();
    Path made = opened(folder);
    Files.deleteIfExists(made.resolve("ring"));
    Files.deleteIfExists(made.resolve("s"));
    Files.delete(made);
  }

  /** One frame over and read whole. */
  @Benchmark
  public int frame() {
    Link near = opened(sender);
    Link far = opened(receiver);
    out.put(frame, 0, frame.length);
    while (in.size() < frame.length) {
      near.write(out);
      far.read(in);
    }
    int size = in.size();
    in.consumed(size);
    return size;
  }

  private static <T> T opened(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the link is not open");
    }
    return part;
  }
}
