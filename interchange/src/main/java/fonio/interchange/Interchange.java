package fonio.interchange;

import fonio.transport.Heartbeats;
import fonio.transport.LinkSet;
import fonio.transport.Listener;
import fonio.transport.Reception;
import fonio.transport.TcpLink;
import fonio.wire.ClassDefinition;
import fonio.wire.Definitions;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Hands tasks to managers on many machines, and keeps account of who has which. */
public final class Interchange implements AutoCloseable {
  /*
   * Concurrency: one thread at a time calls everything here.
   *
   * A manager answers in any order. A task is named by the lower 32 bits of its number and by its attempt; an answer that names
   * none that the manager has is stale. When a manager is gone, the tasks that it may have been running are lost, and all others
   * go back youngest first, so that an owner that puts each at the front of its queue keeps their order. A manager whose
   * connection broke and that comes back before it was given up goes on with what it has.
   */
  private static final byte[] NOTHING = {};

  private final LinkSet links;
  private final LongSupplier nanoClock;
  private final Selection selection;
  private final Definitions definitions = new Definitions();
  private final Roster roster = new Roster();
  private final Traffic traffic;
  private final Departures departures;
  private final Listener socket;
  private final Reception reception;
  private final Heartbeats heartbeats;
  private final InterchangeListener listener;
  private long nextTickNanos;
  private @Nullable Peer chosen;

  /** Listens for managers. */
  public Interchange(
      InterchangeConfig config, InterchangeListener listener, LinkSet links, LongSupplier nanoClock)
      throws IOException {
    this.links = links;
    this.listener = listener;
    this.nanoClock = nanoClock;
    this.selection = config.selection();
    this.departures = new Departures(roster, definitions, listener);
    this.traffic = new Traffic(roster, listener, nanoClock, this::lose);
    this.heartbeats = new Heartbeats(config.beat(), config.lost(), nanoClock.getAsLong());
    this.socket = Listener.open(config.listen());
    this.reception =
        new Reception(
            socket,
            links,
            new Entrance(
                config,
                listener,
                new Arrivals(roster, definitions, links, traffic, nanoClock, this::lose)),
            channel -> link(config, channel),
            nanoClock);
  }

  private static TcpLink link(InterchangeConfig config, SocketChannel channel) {
    return config.tls().isPresent()
        ? TcpLink.encrypted(channel, config.tls().get().server())
        : TcpLink.clear(channel);
  }

  /** The port that managers connect to. */
  public int port() {
    return socket.port();
  }

  // Feeding.

  /** How many workers all managers have. */
  public int workers() {
    return roster.workers();
  }

  /** How many managers there are. */
  public int managers() {
    return roster.count();
  }

  /**
   * Chooses the manager that gets the next tasks of a class.
   *
   * @return how many it may be sent, 0 when no manager has room
   */
  public int choose(int classId) {
    for (int tries = 0; tries < Selection.SAMPLE; tries++) {
      chosen = roster.choose(selection);
      if (chosen == null) {
        return 0;
      }
      int room = chosen.load.room(classId);
      if (room > 0) {
        return room;
      }
    }
    return anyRoom(classId);
  }

  /** Those with room at all may have none for a class of which they want few. */
  private int anyRoom(int classId) {
    for (Peer peer : roster.all()) {
      int room = peer.place < 0 ? 0 : peer.load.room(classId);
      if (room > 0) {
        chosen = peer;
        return room;
      }
    }
    return 0;
  }

  /** The writer of the chosen manager's frames, after what it must know for the class. */
  public FrameWriter prepare(int classId) {
    Peer peer = chosen();
    FrameWriter writer = traffic.writer(peer);
    definitions.ensure(peer.known, writer, classId);
    return writer;
  }

  /** Notes the tasks, from an index on, of a frame that was just written to {@link #prepare}'s. */
  public void sent(int classId, long[] tasks, int[] attempts, int from, int count) {
    Peer peer = chosen();
    for (int i = from; i < from + count; i++) {
      peer.outstanding.add(tasks[i], attempts[i], classId);
    }
    peer.load.add(classId, count);
    roster.weigh(peer);
    traffic.flush(peer);
  }

  private Peer chosen() {
    if (chosen == null) {
      throw new IllegalStateException("no manager was chosen");
    }
    return chosen;
  }

  /** Remembers a function for the managers that will need it. */
  public void function(FunctionDefinition function) {
    definitions.function(function);
    if (function.id() == 0) {
      for (Peer peer : roster.all()) {
        definitions.tellInitializer(peer.known, traffic.writer(peer));
        traffic.flush(peer);
      }
    }
  }

  /** Remembers a class for the managers that will need it. */
  public void define(ClassDefinition definition) {
    definitions.define(definition);
  }

  /** Sends a SHARE frame to all managers, those to come included. */
  public void share(FrameView frame) {
    byte[] bytes = definitions.share(frame);
    for (Peer peer : roster.all()) {
      traffic.writer(peer).whole(bytes);
      traffic.flush(peer);
    }
  }

  /** Takes a shared object back. */
  public void unshare(int object) {
    definitions.unshare(object);
    for (Peer peer : roster.all()) {
      traffic.say(peer, Kind.UNSHARE, object);
    }
  }

  // Stopping tasks.

  /**
   * Asks for a task back; the listener hears {@code returned} or {@code tooLate}. False when no
   * manager has it.
   */
  public boolean recall(long task) {
    return tell(task, Kind.RECALL);
  }

  /** Has a task ended; its result follows in any case. False when no manager has it. */
  public boolean kill(long task) {
    return tell(task, Kind.KILL);
  }

  private boolean tell(long task, int kind) {
    for (Peer peer : roster.all()) {
      if (peer.outstanding.find((int) task) >= 0) {
        peer.asked.put(task, kind);
        traffic.say(peer, kind, (int) task);
        return true;
      }
    }
    return false;
  }

  /** Has the managers of a block finish what they have, take no more, and end. */
  public void drain(String block) {
    for (Peer peer : List.copyOf(roster.all())) {
      if (peer.info.block().equals(block) && !peer.draining) {
        peer.draining = true;
        roster.weigh(peer);
        traffic.say(peer, Kind.DRAIN, 0);
      }
    }
  }

  // The loop.

  /** Does what is there to do; how much that was. */
  public int doWork() {
    int work = reception.doWork() + traffic.serve();
    long now = nanoClock.getAsLong();
    if (now - nextTickNanos >= 0) {
      nextTickNanos = now + heartbeats.tickNanos();
      tick(now);
    }
    return work;
  }

  private void tick(long now) {
    long stalledNanos = heartbeats.tick(now);
    if (stalledNanos > 0) {
      listener.said(
          "this process stood still for %.1f s; no manager is blamed for it"
              .formatted(stalledNanos / 1e9));
    }
    for (Peer peer : List.copyOf(roster.all())) {
      if (heartbeats.isLate(peer.heardAtNanos, now)) {
        lose(peer, "it was silent for %.1f s".formatted((now - peer.heardAtNanos) / 1e9));
      } else if (heartbeats.mustSpeak(peer.saidAtNanos, now)) {
        traffic.say(peer, Kind.BEAT, 0);
      }
    }
  }

  /** How long the loop may sleep when no link wakes it. */
  public long sleepNanos(long nowNanos) {
    return Math.max(0, nextTickNanos - nowNanos);
  }

  private void lose(Peer peer, String why) {
    if (peer.gone) {
      return;
    }
    peer.gone = true;
    links.remove(peer.link);
    peer.link.close();
    traffic.forget(peer);
    departures.settle(peer, why);
  }

  /** One line for each manager, by its name. */
  public Map<String, String> describe() {
    Map<String, String> lines = new LinkedHashMap<>();
    for (Peer peer : roster.all()) {
      lines.put(peer.info.name(), peer.text());
    }
    return lines;
  }

  /** How many tasks the managers of each block have, by block. */
  public Map<String, Integer> loads() {
    Map<String, Integer> loads = new LinkedHashMap<>();
    for (Peer peer : roster.all()) {
      loads.merge(peer.info.block(), peer.outstanding.size(), Integer::sum);
    }
    return loads;
  }

  /** Tells all managers to end; their tasks are not reported any more. */
  @Override
  public void close() {
    for (Peer peer : List.copyOf(roster.all())) {
      traffic.writer(peer).frame(Kind.CLOSE, 0, 0, 0, NOTHING);
      traffic.flush(peer);
      links.remove(peer.link);
      peer.link.close();
    }
    reception.close();
  }
}
