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
import java.util.List;
import java.util.Optional;
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
   * connection broke and that comes back before it was given up goes on with what it has; so does one that comes back to an engine
   * that was started again, as far as the owner adopts its tasks.
   */
  private static final byte[] NOTHING = {};
  private static final long FAREWELL_NANOS = 300_000_000;

  private final LinkSet links;
  private final LongSupplier nanoClock;
  private final Choice choice;
  private final Definitions definitions = new Definitions();
  private final Roster roster = new Roster();
  private final Keeping keeping = new Keeping();
  private final Traffic traffic;
  private final Departures departures;
  private final Listener socket;
  private final Reception reception;
  private final Rounds rounds;
  private final Holders holders;
  private final Avoidance avoidance;
  private final Managers managers;
  private @Nullable Peer chosen;
  private @Nullable Peer usual;

  /** Listens for managers. */
  public Interchange(
      InterchangeConfig config,
      InterchangeListener listener,
      Safekeeping safekeeping,
      LinkSet links,
      LongSupplier nanoClock)
      throws IOException {
    this.links = links;
    this.nanoClock = nanoClock;
    this.choice = new Choice(roster, config.selection(), keeping);
    this.departures = new Departures(roster, definitions, listener);
    this.traffic =
        new Traffic(roster, listener, keeping, safekeeping, nanoClock, this::answered, this::lose);
    this.avoidance = new Avoidance(roster, traffic, listener, nanoClock);
    this.managers = new Managers(roster, traffic, avoidance, this::lose);
    this.holders = new Holders(roster, traffic);
    this.rounds =
        new Rounds(
            new Heartbeats(config.beat(), config.lost(), nanoClock.getAsLong()),
            roster,
            traffic,
            listener,
            this::lose);
    this.socket = Listener.open(config.listen());
    this.reception =
        new Reception(
            socket,
            links,
            new Entrance(
                config,
                listener,
                new Arrivals(
                    roster,
                    definitions,
                    links,
                    traffic,
                    managers::came,
                    keeping,
                    nanoClock,
                    this::lose)),
            channel -> link(config, channel),
            nanoClock);
  }

  private static TcpLink link(InterchangeConfig config, SocketChannel channel) {
    return config.tls().isPresent()
        ? TcpLink.encrypted(channel, config.tls().get().get().server())
        : TcpLink.clear(channel);
  }

  /** The port that managers connect to. */
  public int port() {
    return socket.port();
  }

  /** How many tasks all managers have. */
  public int outstanding() {
    return roster.tasks();
  }

  /** Who they are. */
  public Managers managers() {
    return managers;
  }

  // Feeding.

  /**
   * Chooses the manager that gets the next tasks of a class.
   *
   * @return how many it may be sent, 0 when no manager has room
   */
  public int choose(int classId) {
    usual = choice.of(classId);
    chosen = usual;
    return chosen == null ? 0 : chosen.load.room(classId);
  }

  /**
   * Chooses the manager that keeps most of the results of some parents, if it has room for a task
   * of a class; else the one that was chosen without them.
   */
  public void prefer(int classId, long[] parents, int count) {
    Peer best = choice.of(classId, parents, count);
    chosen = best == null ? usual : best;
  }

  /** Whether some manager keeps the result of a task. */
  public boolean isKept(long task) {
    return keeping.isKept(task);
  }

  /** How many bytes of a task's result the chosen manager keeps; -1 for none. */
  public long kept(long task) {
    return keeping.isEmpty() ? -1 : keeping.use(chosen(), task);
  }

  /** Nobody needs the result of a task any more. */
  public void released(long task) {
    for (Peer peer : keeping.released(task)) {
      Answers.release(traffic.writer(peer), List.of(task));
      traffic.flush(peer);
    }
  }

  /** Chooses a manager by its name; how many tasks of a class it may be sent. */
  int choose(String manager, int classId) {
    chosen = roster.named(manager);
    return chosen == null || chosen.place < 0 ? 0 : chosen.load.room(classId);
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
    peer.add(classId, tasks, attempts, from, count);
    holders.sent(peer, tasks, from, count);
    roster.weigh(peer);
    traffic.send(peer, count);
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
    choice.define(definition);
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
    return holders.tell(task, Kind.RECALL);
  }

  /** Has a task ended; its result follows in any case. False when no manager has it. */
  public boolean kill(long task) {
    return holders.tell(task, Kind.KILL);
  }

  // The loop.

  /** Does what is there to do; how much that was. */
  public int doWork() {
    int work = reception.doWork() + traffic.serve();
    long now = nanoClock.getAsLong();
    rounds.doWork(now);
    avoidance.doWork(now);
    return work;
  }

  /** How long the loop may sleep when no link wakes it. */
  public long sleepNanos(long nowNanos) {
    return rounds.sleepNanos(nowNanos);
  }

  private void answered(Peer peer, FrameView frame) {
    avoidance.answered(peer, frame);
  }

  private void lose(Peer peer, String why) {
    if (peer.gone) {
      return;
    }
    peer.gone = true;
    links.remove(peer.link);
    peer.link.close();
    traffic.forget(peer);
    keeping.clear(peer);
    departures.settle(peer, why);
  }

  /** The manager that has a task; empty when none has it. */
  public Optional<ManagerView> holderOf(long task) {
    Peer peer = holders.holder(task);
    return peer == null ? Optional.empty() : Optional.of(peer.view());
  }

  /**
   * Tells all managers to end; their tasks are not reported any more. One that does not hear that
   * soon finds its link closed instead.
   */
  @Override
  public void close() {
    List<Peer> peers = List.copyOf(roster.all());
    peers.forEach(peer -> traffic.writer(peer).frame(Kind.CLOSE, 0, 0, 0, NOTHING));
    long end = System.nanoTime() + FAREWELL_NANOS;
    while (traffic.flushAll(peers) && System.nanoTime() - end < 0) {
      links.await(1_000_000);
    }
    for (Peer peer : peers) {
      links.remove(peer.link);
      peer.link.close();
    }
    reception.close();
  }
}
