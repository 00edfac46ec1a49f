package fonio.transport;

import static org.assertj.core.api.Assertions.assertThat;

import fonio.testkit.Deadline;
import fonio.wire.ByteQueue;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Greeting;
import fonio.wire.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Greetings over TCP, in one thread, with a clock that the test moves. */
class ReceptionTest {
  /** More than a socket takes at once. */
  private static final int HUGE = 20_000_000;

  private final LinkSet links = LinkSet.open();
  private int welcomes;
  private final List<String> told = new ArrayList<>();
  private final List<Link> entered = new ArrayList<>();
  private final List<Guest> guests = new ArrayList<>();
  private long nowNanos;
  private Listener listener;
  private Reception reception;

  @BeforeEach
  void start() throws IOException {
    listener = Listener.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    reception = new Reception(listener, links, new Host(), TcpLink::clear, () -> nowNanos);
  }

  @AfterEach
  void close() {
    guests.forEach(guest -> guest.link.close());
    entered.forEach(Link::close);
    reception.close();
    links.close();
  }

  private Guest connect() throws IOException {
    Guest guest =
        new Guest(
            SocketChannel.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port())));
    guests.add(guest);
    return guest;
  }

  private void until(String what, BooleanSupplier condition) {
    Deadline deadline = Deadline.in(Duration.ofSeconds(20));
    while (!condition.getAsBoolean()) {
      deadline.check(what);
      guests.forEach(Guest::turn);
      links.await(reception.doWork() > 0 ? 0 : 1_000_000);
    }
  }

  @Test
  void welcomedGuestBecomesTheHostsWithWhatItSaysLater() throws IOException {
    Guest guest = connect();
    guest.hello("a");
    until("welcome", () -> guest.heard.contains("WELCOME"));
    assertThat(told).containsExactly("entered a");
    guest.writer.frame(Kind.BEAT, 0, 0, 0, new byte[0]);
    ByteQueue queue = new ByteQueue();
    FrameView frame = new FrameView();
    until(
        "a beat",
        () -> {
          entered.getFirst().read(queue);
          return frame.next(queue);
        });
    assertThat(frame.kind()).isEqualTo(Kind.BEAT);
    assertThat(queue.size()).isEqualTo(frame.size());
    assertThat(told).hasSize(1);
  }

  @Test
  void refusedGuestIsToldWhyAndIsGone() throws IOException {
    Guest guest = connect();
    guest.hello("stranger");
    until("it is gone", () -> guest.gone);
    assertThat(guest.heard).containsExactly("REFUSED no strangers");
    assertThat(told).containsExactly("refused: no strangers");
    assertThat(entered).isEmpty();
  }

  @Test
  void guestsAreGreetedWhileOthersAreSilent() throws IOException {
    for (int i = 0; i < 50; i++) {
      connect();
    }
    Guest last = connect();
    last.hello("last");
    until("welcome", () -> last.heard.contains("WELCOME"));
    assertThat(told).containsExactly("entered last");
    nowNanos += Duration.ofSeconds(10).toNanos();
    reception.doWork();
    assertThat(told).hasSize(1);
    nowNanos++;
    until("all others are gone", () -> guests.stream().filter(guest -> guest.gone).count() == 50);
    assertThat(told).hasSize(51).endsWith("refused: it said no HELLO within 10 s");
    assertThat(last.gone).isFalse();
  }

  @Test
  void guestThatLeavesWithoutAWordIsNotMentioned() throws IOException {
    connect().link.close();
    Guest next = connect();
    next.hello("next");
    until("welcome", () -> next.heard.contains("WELCOME"));
    assertThat(told).containsExactly("entered next");
  }

  @Test
  void frameLongerThanTheLimitIsRefusedByItsHeader() throws IOException {
    Guest guest = connect();
    guest.out.putInt((256 << 20) + 1);
    guest.out.putInt(Kind.HELLO);
    guest.out.putLong(0);
    until("it is gone", () -> guest.gone);
    assertThat(told).singleElement().asString().contains("its length is 268435457 bytes");
  }

  @Test
  void welcomeOfManyEntriesComesWhole() throws IOException {
    Guest guest = connect();
    guest.hello("large");
    until("welcome", () -> guest.heard.contains("WELCOME"));
    assertThat(guest.welcomeBytes).isGreaterThan(100_000);
  }

  @Test
  void guestEntersWhenAllOfALargeWelcomeIsOnItsWay() throws IOException {
    Guest guest = connect();
    guest.hello("huge");
    guest.link.write(guest.out);
    until("welcome", () -> guest.heard.contains("WELCOME"));
    until("it enters", () -> told.contains("entered huge"));
    assertThat(guest.welcomeBytes).isGreaterThan(HUGE);
  }

  @Test
  void guestThatDoesNotTakeItsWelcomeIsSentAwayInTheEnd() throws IOException {
    SocketChannel deaf =
        SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
    try (Guest guest = new Guest(deaf)) {
      guest.hello("huge");
      guest.link.write(guest.out);
      until("its HELLO", () -> welcomes > 0);
      nowNanos += Duration.ofSeconds(11).toNanos();
      until("it is gone", () -> told.contains("refused: it did not take all of its WELCOME"));
    }
  }

  /** Welcomes all but strangers. */
  private final class Host implements Reception.Host {
    @Override
    public Greeting welcome(Greeting hello) {
      if (hello.required("name").equals("stranger")) {
        throw new IllegalArgumentException("no strangers");
      }
      welcomes++;
      int size =
          switch (hello.required("name")) {
            case "large" -> 100_000;
            case "huge" -> HUGE;
            default -> 0;
          };
      return Greeting.of(Map.of("key", "x".repeat(size)));
    }

    @Override
    public void entered(Greeting hello, Link link) {
      told.add("entered " + hello.required("name"));
      entered.add(link);
    }

    @Override
    public void refused(String peer, String why) {
      told.add("refused: " + why);
    }
  }

  /** The side that connects. */
  private static final class Guest implements AutoCloseable {
    final TcpLink link;
    final ByteQueue out = new ByteQueue();
    final FrameWriter writer = new FrameWriter(out);
    final List<String> heard = new ArrayList<>();
    boolean gone;
    int welcomeBytes;
    private final ByteQueue in = new ByteQueue();
    private final FrameView frame = new FrameView();

    Guest(SocketChannel channel) {
      link = TcpLink.clear(channel);
    }

    void hello(String name) {
      writer.frame(Kind.HELLO, 0, 0, 0, Greeting.of(Map.of("name", name)).encode());
    }

    @Override
    public void close() {
      link.close();
    }

    void turn() {
      if (gone || link.isGone()) {
        return;
      }
      link.write(out);
      int bytes = link.read(in);
      while (frame.next(in)) {
        heard.add(
            frame.kind() == Kind.REFUSED ? "REFUSED " + frame.blobText() : Kind.name(frame.kind()));
        welcomeBytes = frame.size();
        in.consumed(frame.size());
      }
      gone = bytes == Link.GONE;
    }
  }
}
