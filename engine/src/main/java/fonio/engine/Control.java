package fonio.engine;

import fonio.transport.Link;
import fonio.transport.LinkSet;
import fonio.transport.Listener;
import fonio.transport.Reception;
import fonio.transport.SocketLink;
import fonio.wire.Greeting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The control socket of a run, where observers ask how it goes, or for its end. */
final class Control implements AutoCloseable {
  /*
   * Nothing that an observer says or does harms the run: what is wrong with one ends its link, and what is wrong with the
   * socket, such as no descriptor that is free, closes the socket for the rest of the run.
   */
  private static final int MOST_OBSERVERS = 32;

  private final Map<String, String> facts;
  private final String token;
  private final Desk desk;
  private final LinkSet links;
  private final Consumer<String> complain;
  private final List<ControlLink> observers = new ArrayList<>();
  private @Nullable Reception reception;
  private boolean stopAsked;

  private Control(
      Map<String, String> facts,
      String token,
      Desk desk,
      LinkSet links,
      Consumer<String> complain) {
    this.facts = Map.copyOf(facts);
    this.token = token;
    this.desk = desk;
    this.links = links;
    this.complain = complain;
  }

  /**
   * Listens; if that cannot be, it says so and the run has no control socket.
   *
   * @param facts what an observer is told of the run when it is welcomed
   */
  static Control open(
      Path socket,
      Map<String, String> facts,
      String token,
      Desk desk,
      LinkSet links,
      LongSupplier nanoClock,
      Consumer<String> complain) {
    Control control = new Control(facts, token, desk, links, complain);
    try {
      control.reception =
          new Reception(
              Listener.open(socket), links, control.new Door(), SocketLink::new, nanoClock);
    } catch (RuntimeException e) {
      complain.accept("the run has no control socket: " + e.getMessage());
    }
    return control;
  }

  /** Lets observers in and answers them; how much was done. */
  int doWork() {
    Reception open = reception;
    if (open == null) {
      return 0;
    }
    try {
      return open.doWork() + serve();
    } catch (RuntimeException e) {
      complain.accept("the control socket is closed: " + e);
      close();
      return 1;
    }
  }

  private int serve() {
    int work = 0;
    for (int i = observers.size() - 1; i >= 0; i--) {
      ControlLink observer = observers.get(i);
      work += answered(observer);
      stopAsked |= observer.stopAsked();
      if (observer.isDone()) {
        observers.remove(i);
        dismiss(observer);
      }
    }
    return work;
  }

  /** An answer that cannot be made is that observer's loss alone. */
  private int answered(ControlLink observer) {
    try {
      return observer.doWork();
    } catch (RuntimeException e) {
      complain.accept("an observer's question could not be answered: " + e);
      observer.link().close();
      return 1;
    }
  }

  /** Whether an observer asked for the end of the run. */
  boolean stopAsked() {
    return stopAsked;
  }

  private void dismiss(ControlLink observer) {
    links.remove(observer.link());
    observer.link().close();
  }

  /** Ends all links: whoever asked for the end of the run sees by it that it has come. */
  @Override
  public void close() {
    Reception open = reception;
    reception = null;
    observers.forEach(this::dismiss);
    observers.clear();
    if (open != null) {
      open.close();
    }
  }

  /** Judges who comes. */
  private final class Door implements Reception.Host {
    @Override
    public Greeting welcome(Greeting hello) {
      if (!hello.required("role").equals("observer")) {
        throw new IllegalArgumentException(
            "its role is '" + hello.required("role") + "'; only an observer comes in here");
      }
      if (!MessageDigest.isEqual(bytes(hello.required("token")), bytes(token))) {
        throw new IllegalArgumentException("its token is not that of this run");
      }
      if (observers.size() >= MOST_OBSERVERS) {
        throw new IllegalArgumentException(
            observers.size() + " observers are connected, which is the most; try again later");
      }
      return Greeting.of(facts);
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void entered(Greeting hello, Link link) {
      links.add(link);
      observers.add(new ControlLink(link, desk));
    }
  }
}
