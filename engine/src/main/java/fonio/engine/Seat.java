package fonio.engine;

import fonio.transport.Greeter;
import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.RefusedException;
import fonio.transport.SocketLink;
import fonio.wire.Greeting;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The place of the one client of a run: taken, left, and perhaps taken by another. */
final class Seat implements ClientPort {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final LinkSet links;
  private final Delivery delivery;
  private final Supplier<Greeting> hello;
  private @Nullable Session session;
  private @Nullable Link link;
  private boolean quiet;

  /**
   * @param hello what a new client is told of the run
   */
  Seat(LinkSet links, Delivery delivery, Supplier<Greeting> hello) {
    this.links = links;
    this.delivery = delivery;
    this.hello = hello;
  }

  /**
   * A client takes the seat.
   *
   * @param quiet whether it gets results only when it has asked which tasks there are
   */
  void take(Link by, Session talk, boolean quiet) {
    link = by;
    session = talk;
    this.quiet = quiet;
    if (!quiet) {
      delivery.begin(talk);
    }
  }

  /** The conversation with the present client, or with the last one. */
  Session session() {
    Session talk = session;
    if (talk == null) {
      throw new IllegalStateException("there was no client yet");
    }
    return talk;
  }

  /** Whether there is no client. */
  boolean isEmpty() {
    return link == null;
  }

  /** Whether a client has just asked for results; true once. */
  boolean isAsked() {
    boolean asked = quiet && !isEmpty() && session().wantsResults();
    if (asked) {
      quiet = false;
      delivery.begin(session());
    }
    return asked;
  }

  /** Lets go of a client that is gone. */
  void clear() {
    Link old = link;
    link = null;
    delivery.end();
    if (old != null) {
      links.remove(old);
      old.close();
    }
  }

  /**
   * Connects to a client that has asked for the seat.
   *
   * @param socket where it listens
   * @param talk makes the conversation with it
   * @return {@code done}, or the {@code error}
   */
  Map<String, String> invite(Path socket, Function<Link, Session> talk) {
    if (!isEmpty()) {
      return Map.of("error", "a client is connected; there is one at a time");
    }
    try {
      Greeter.Welcomed peer = Greeter.connect(socket, hello.get(), PATIENCE);
      Link to = new SocketLink(peer.channel());
      links.add(to);
      take(to, talk.apply(to), true);
      return Map.of("done", "1");
    } catch (RefusedException | UncheckedIOException e) {
      return Map.of("error", "the client cannot be reached: " + e.getMessage());
    }
  }

  @Override
  public void ask(long task, Result failure) {
    if (!isEmpty()) {
      session().ask(task, failure);
    }
  }

  @Override
  public void verdict(long task) {
    if (!isEmpty()) {
      session().verdict(task);
    }
  }

  @Override
  public void output(int worker, boolean error, String text) {
    if (!isEmpty()) {
      session().output(worker, error, text);
    }
  }
}
