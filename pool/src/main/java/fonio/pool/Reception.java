package fonio.pool;

import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.Listener;
import fonio.transport.SocketLink;
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

/** Receives connections and their HELLO, and hands over those that may enter. */
final class Reception implements AutoCloseable {
  /** Judges a HELLO: welcomes by taking the socket over, or says why not. */
  interface Host {
    /**
     * A worker says hello.
     *
     * @return the entries of its WELCOME
     * @throws IllegalArgumentException when it is refused, with the reason
     */
    Greeting welcome(Greeting hello);

    /** The worker's WELCOME is sent: this socket is its link now. */
    void entered(Greeting hello, SocketChannel channel);
  }

  private static final int MOST_WAITING = 1024;
  private static final int MOST_HELLO_BYTES = 1 << 16;

  private static final class Guest {
    final SocketLink link;
    final ByteQueue in = new ByteQueue(1024);

    Guest(SocketChannel channel) {
      link = new SocketLink(channel);
    }
  }

  private final Listener listener;
  private final LinkSet links;
  private final Host host;
  private final List<Guest> guests = new ArrayList<>();
  private final FrameView frame = new FrameView();

  Reception(Listener listener, LinkSet links, Host host) {
    this.listener = listener;
    this.links = links;
    this.host = host;
    links.add(listener);
  }

  int doWork() {
    int work = 0;
    while (guests.size() < MOST_WAITING) {
      Optional<SocketChannel> channel = listener.accept();
      if (channel.isEmpty()) {
        break;
      }
      Guest guest = new Guest(channel.get());
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
    int bytes = guest.link.read(guest.in);
    try {
      if (frame.next(guest.in)) {
        greet(guest);
        return true;
      }
      if (bytes == Link.GONE || guest.in.size() > MOST_HELLO_BYTES) {
        dismiss(guest);
        return true;
      }
      return false;
    } catch (MalformedFrameException | IllegalArgumentException e) {
      refuse(guest, String.valueOf(e.getMessage()));
      return true;
    }
  }

  private void greet(Guest guest) {
    if (frame.kind() != Kind.HELLO) {
      throw new IllegalArgumentException(
          "the first frame is " + Kind.name(frame.kind()) + ", not HELLO");
    }
    Greeting hello = Greeting.decode(frame);
    if (!hello.refusal().isEmpty()) {
      throw new IllegalArgumentException(hello.refusal());
    }
    Greeting welcome = host.welcome(hello);
    send(guest, Kind.WELCOME, welcome.encode());
    links.remove(guest.link);
    host.entered(hello, guest.link.channel());
  }

  private void refuse(Guest guest, String why) {
    send(guest, Kind.REFUSED, why.getBytes(StandardCharsets.UTF_8));
    dismiss(guest);
  }

  /** A greeting is smaller than a socket's buffer, so that it goes at once. */
  private static void send(Guest guest, int kind, byte[] blob) {
    ByteQueue out = new ByteQueue(blob.length + 64);
    new FrameWriter(out).frame(kind, 0, 0, 0, blob);
    guest.link.write(out);
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
