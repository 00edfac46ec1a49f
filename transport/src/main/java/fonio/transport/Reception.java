package fonio.transport;

import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Receives connections and their HELLO, and hands over those that may enter. */
public final class Reception implements AutoCloseable {
  /** Judges a HELLO: welcomes, or says why not. */
  public interface Host {
    /**
     * A peer says hello.
     *
     * @return the entries of its WELCOME
     * @throws IllegalArgumentException when it is refused, with the reason
     */
    Greeting welcome(Greeting hello);

    /** The peer's WELCOME is on its way: the link, in no set of links now, is the host's. */
    void entered(Greeting hello, Link link);

    /** A peer was turned away; it is told the same, if it speaks the protocol. */
    default void refused(String peer, String why) {}
  }

  private static final int MOST_WAITING = 1024;
  private static final int MOST_HELLO_BYTES = 1 << 16;
  private static final long HELLO_NANOS = 10_000_000_000L;

  private static final class Guest {
    final Link link;
    final long dueAtNanos;
    final ByteQueue in = new ByteQueue(1024);
    final ByteQueue out = new ByteQueue(1024);

    /** What it said, once it is welcome: it enters when all of its WELCOME is on its way. */
    @Nullable Greeting hello;

    Guest(Link link, long dueAtNanos) {
      this.link = link;
      this.dueAtNanos = dueAtNanos;
    }
  }

  private final Listener listener;
  private final LinkSet links;
  private final Host host;
  private final Function<SocketChannel, Link> linkOf;
  private final LongSupplier nanoClock;
  private final List<Guest> guests = new ArrayList<>();
  private final FrameView frame = new FrameView();

  /**
   * Receives those who connect to a listener, which it will close.
   *
   * @param linkOf makes the link of a connection
   */
  public Reception(
      Listener listener,
      LinkSet links,
      Host host,
      Function<SocketChannel, Link> linkOf,
      LongSupplier nanoClock) {
    this.listener = listener;
    this.links = links;
    this.host = host;
    this.linkOf = linkOf;
    this.nanoClock = nanoClock;
    links.add(listener);
  }

  /** Accepts, reads and answers what is there; how much that was. */
  public int doWork() {
    int work = 0;
    while (guests.size() < MOST_WAITING) {
      Optional<SocketChannel> channel = listener.accept();
      if (channel.isEmpty()) {
        break;
      }
      Guest guest = new Guest(linkOf.apply(channel.get()), nanoClock.getAsLong() + HELLO_NANOS);
      guests.add(guest);
      links.add(guest.link);
      work++;
    }
    for (Iterator<Guest> all = guests.iterator(); all.hasNext(); ) {
      if (isDoneWith(all.next())) {
        all.remove();
        work++;
      }
    }
    return work;
  }

  private boolean isDoneWith(Guest guest) {
    return guest.hello == null ? isGreeted(guest) : hasEntered(guest, guest.hello);
  }

  /** Sends the rest of a WELCOME that the socket did not take at once. */
  private boolean hasEntered(Guest guest, Greeting hello) {
    guest.link.write(guest.out);
    if (guest.out.isEmpty()) {
      links.remove(guest.link);
      host.entered(hello, guest.link);
      return true;
    }
    if (guest.link.isGone() || nanoClock.getAsLong() - guest.dueAtNanos > 0) {
      turnAway(guest, "it did not take all of its WELCOME");
      return true;
    }
    return false;
  }

  private boolean isGreeted(Guest guest) {
    int bytes = guest.link.read(guest.in);
    try {
      if (frame.next(guest.in)) {
        return greet(guest);
      }
      if (guest.in.size() > MOST_HELLO_BYTES) {
        throw new IllegalArgumentException(
            "its HELLO has more than " + MOST_HELLO_BYTES + " bytes");
      }
      if (bytes == Link.GONE) {
        turnAway(guest, guest.link instanceof TcpLink tcp ? tcp.problem() : "");
        return true;
      }
      if (nanoClock.getAsLong() - guest.dueAtNanos > 0) {
        throw new IllegalArgumentException(
            "it said no HELLO within " + HELLO_NANOS / 1_000_000_000 + " s");
      }
      return false;
    } catch (MalformedFrameException | IllegalArgumentException e) {
      refuse(guest, String.valueOf(e.getMessage()));
      return true;
    }
  }

  private boolean greet(Guest guest) {
    if (frame.kind() != Kind.HELLO) {
      throw new IllegalArgumentException(
          "the first frame is " + Kind.name(frame.kind()) + ", not HELLO");
    }
    Greeting hello = Greeting.decode(frame);
    if (!hello.refusal().isEmpty()) {
      throw new IllegalArgumentException(hello.refusal());
    }
    put(guest, Kind.WELCOME, host.welcome(hello).encode());
    guest.hello = hello;
    return hasEntered(guest, hello);
  }

  private void refuse(Guest guest, String why) {
    put(guest, Kind.REFUSED, why.getBytes(StandardCharsets.UTF_8));
    guest.link.write(guest.out);
    turnAway(guest, why);
  }

  private static void put(Guest guest, int kind, byte[] blob) {
    new FrameWriter(guest.out).frame(kind, 0, 0, 0, blob);
  }

  private void turnAway(Guest guest, String why) {
    if (!why.isEmpty()) {
      host.refused(Sockets.peer(guest.link.channel()), why);
    }
    dismiss(guest);
  }

  private void dismiss(Guest guest) {
    links.remove(guest.link);
    guest.link.close();
  }

  @Override
  public void close() {
    guests.forEach(this::dismiss);
    guests.clear();
    listener.close();
  }
}
