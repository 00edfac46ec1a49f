package fonio.manager;

import fonio.transport.Heartbeats;
import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.TcpLink;
import fonio.transport.TlsIdentity;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A manager's link to its interchange, which is made again when it breaks.
 *
 * <p>Results are kept until the interchange has acknowledged them, and sent again over the next
 * link; all else is dropped while there is none.
 */
final class Uplink implements AutoCloseable {
  /** Who does what the interchange says. */
  interface Listener {
    /**
     * The interchange has welcomed this manager.
     *
     * @param resumed whether it still counts on what it gave before; otherwise that is of no use
     */
    void welcomed(Greeting welcome, boolean resumed);

    void obey(FrameView frame);
  }

  private static final byte[] NOTHING = {};

  private final LinkSet links;
  private final Listener listener;
  private final Dialer dialer;
  private final Map<String, String> hello;
  private final Optional<TlsIdentity> tls;
  private final LongSupplier nanoClock;
  private final ByteQueue in = new ByteQueue();
  private final ByteQueue out = new ByteQueue();
  private final FrameWriter writer = new FrameWriter(out);
  private final FrameView frame = new FrameView();
  private final Deque<byte[]> unacknowledged = new ArrayDeque<>();
  private @Nullable Heartbeats heartbeats;
  private @Nullable TcpLink link;
  private boolean welcomed;
  private boolean everWelcomed;
  private long apartSinceNanos;
  private long heardAtNanos;
  private long saidAtNanos;
  private long lostNanos = 30_000_000_000L;
  private String refusal = "";

  Uplink(
      ManagerOptions options,
      Map<String, String> hello,
      Optional<TlsIdentity> tls,
      LinkSet links,
      Listener listener,
      LongSupplier nanoClock) {
    this.links = links;
    this.listener = listener;
    this.hello = new TreeMap<>(hello);
    this.tls = tls;
    this.nanoClock = nanoClock;
    this.dialer = new Dialer(options.addresses(), links::wakeup);
    this.apartSinceNanos = nanoClock.getAsLong();
  }

  /** Whether frames can be sent now. */
  boolean isJoined() {
    return welcomed;
  }

  /** Why the interchange does not want this manager, empty while it does. */
  String refusal() {
    return refusal;
  }

  /** Why there is no link. */
  String problem() {
    return dialer.problem();
  }

  /** For how long there has been no link; 0 while there is one. */
  long apartNanos() {
    return welcomed ? 0 : nanoClock.getAsLong() - apartSinceNanos;
  }

  /** After how long without a link the interchange has given this manager up. */
  long lostNanos() {
    return lostNanos;
  }

  /** Whether the interchange has all results. */
  boolean isSettled() {
    return unacknowledged.isEmpty() && out.isEmpty();
  }

  /** Sends a frame of results, which is kept until it is acknowledged. */
  void results(ByteQueue queue) {
    byte[] bytes = Arrays.copyOfRange(queue.array(), queue.head(), queue.tail());
    queue.clear();
    unacknowledged.add(bytes);
    if (welcomed) {
      writer.whole(bytes);
    }
  }

  /** Drops the results that nobody wants any more. */
  void forgetResults() {
    unacknowledged.clear();
  }

  /** Sends a frame that nobody misses if there is no link. */
  void say(int kind, int classId, int first, byte[] blob) {
    if (welcomed) {
      writer.frame(kind, classId, 0, first, blob);
    }
  }

  /** The writer of frames; only while {@link #isJoined}. */
  FrameWriter writer() {
    return writer;
  }

  /** Reads, obeys and sends; how much was done. */
  int doWork() {
    TcpLink open = link;
    if (open == null) {
      return dial();
    }
    int work = open.isReady() ? read(open) : 0;
    if (link != null) {
      work += flush();
      beat();
    }
    return work;
  }

  private int dial() {
    dialer.start();
    SocketChannel channel = dialer.take();
    if (channel == null) {
      return 0;
    }
    TcpLink made =
        tls.isPresent() ? TcpLink.encrypted(channel, tls.get().client()) : TcpLink.clear(channel);
    link = made;
    heardAtNanos = nanoClock.getAsLong();
    links.add(made);
    hello.put("resume", everWelcomed ? "1" : "0");
    writer.frame(Kind.HELLO, 0, 0, 0, Greeting.of(hello).encode());
    return 1 + flush();
  }

  private int read(TcpLink open) {
    int bytes = open.read(in);
    if (bytes == Link.GONE) {
      lose();
      return 1;
    }
    if (bytes == 0) {
      return 0;
    }
    heardAtNanos = nanoClock.getAsLong();
    try {
      while (link == open && frame.next(in)) {
        if (welcomed) {
          obey();
        } else {
          greet();
        }
        in.consumed(frame.size());
      }
    } catch (MalformedFrameException e) {
      refusal = "the interchange broke the protocol: " + e.getMessage();
    }
    return bytes;
  }

  private void obey() {
    switch (frame.kind()) {
      case Kind.BEAT -> {}
      case Kind.ACK -> {
        for (int i = 0; i < frame.count() && !unacknowledged.isEmpty(); i++) {
          unacknowledged.remove();
        }
      }
      default -> listener.obey(frame);
    }
  }

  private void greet() {
    switch (frame.kind()) {
      case Kind.WELCOME -> welcome(Greeting.decode(frame));
      case Kind.REFUSED -> refusal = frame.blobText();
      default -> refusal = "the interchange answers a HELLO with " + frame;
    }
  }

  private void welcome(Greeting welcome) {
    if (!welcome.refusal().isEmpty()) {
      refusal = welcome.refusal();
      return;
    }
    Silence silence = Silence.of(welcome);
    lostNanos = silence.lost().toNanos();
    heartbeats = new Heartbeats(silence.beat(), silence.lost(), nanoClock.getAsLong());
    boolean resumed = everWelcomed && welcome.entry("resumed", "0").equals("1");
    welcomed = true;
    everWelcomed = true;
    dialer.welcomed();
    if (resumed) {
      unacknowledged.forEach(Results::unkeep);
      unacknowledged.forEach(writer::whole);
    }
    listener.welcomed(welcome, resumed);
  }

  private int flush() {
    TcpLink open = link;
    if (open == null || (out.isEmpty() && !open.wantsRoom())) {
      return 0;
    }
    int bytes = open.write(out);
    if (bytes > 0) {
      saidAtNanos = nanoClock.getAsLong();
    }
    return bytes;
  }

  private void beat() {
    Heartbeats core = heartbeats;
    long now = nanoClock.getAsLong();
    if (core == null) {
      if (now - heardAtNanos > lostNanos) {
        lose();
      }
      return;
    }
    core.tick(now);
    if (core.isLate(heardAtNanos, now)) {
      lose();
    } else if (welcomed && core.mustSpeak(saidAtNanos, now)) {
      saidAtNanos = now;
      writer.frame(Kind.BEAT, 0, 0, 0, NOTHING);
      flush();
    }
  }

  /** How long the loop may sleep as far as the link is concerned. */
  long sleepNanos() {
    Heartbeats core = heartbeats;
    return core == null ? 1_000_000_000L : core.tickNanos();
  }

  private void lose() {
    TcpLink open = link;
    if (open == null) {
      return;
    }
    links.remove(open);
    open.close();
    link = null;
    if (welcomed) {
      apartSinceNanos = nanoClock.getAsLong();
    } else {
      dialer.turnedAway(
          tls.isPresent()
              ? "it ends connections without an answer, as one does that does not encrypt (leave --tls out) or is of another run than --tls"
              : "it ends connections without an answer, as one does that encrypts: give --tls FILE as ./fonio status shows it");
    }
    welcomed = false;
    heartbeats = null;
    in.clear();
    out.clear();
  }

  @Override
  public void close() {
    lose();
    dialer.close();
  }
}
