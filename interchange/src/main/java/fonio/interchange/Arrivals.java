package fonio.interchange;

import fonio.transport.LinkSet;
import fonio.transport.TcpLink;
import fonio.wire.Definitions;
import fonio.wire.Kind;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Takes those in whom the entrance lets pass: as new managers, as those that they were, or as those
 * that an engine before this one had.
 */
final class Arrivals implements Entrance.Door {
  private final Roster roster;
  private final Definitions definitions;
  private final LinkSet links;
  private final Traffic traffic;
  private final Consumer<Peer> come;
  private final Keeping keeping;
  private final LongSupplier nanoClock;
  private final BiConsumer<Peer, String> lose;

  Arrivals(
      Roster roster,
      Definitions definitions,
      LinkSet links,
      Traffic traffic,
      Consumer<Peer> come,
      Keeping keeping,
      LongSupplier nanoClock,
      BiConsumer<Peer, String> lose) {
    this.roster = roster;
    this.definitions = definitions;
    this.links = links;
    this.traffic = traffic;
    this.come = come;
    this.keeping = keeping;
    this.nanoClock = nanoClock;
    this.lose = lose;
  }

  @Override
  public boolean knows(String manager) {
    return roster.named(manager) != null;
  }

  @Override
  public void enter(ManagerInfo manager, boolean resumes, TcpLink link) {
    Peer known = roster.named(manager.name());
    if (known != null && resumes) {
      resume(known, link);
      return;
    }
    if (known != null) {
      lose.accept(known, "another manager came under its name");
    }
    Peer peer = roster.add(manager, link);
    peer.returning = resumes;
    peer.brings = resumes;
    come.accept(peer);
    definitions.greet(peer.known, traffic.writer(peer));
    admit(peer);
  }

  /**
   * Goes on with a manager over another link. What was under way on the first one may not have
   * come, so all but tasks is said again, and both sides drop what the manager keeps; and it gets
   * no tasks before it has said which it still has.
   */
  private void resume(Peer peer, TcpLink link) {
    links.remove(peer.link);
    peer.link.close();
    traffic.forget(peer);
    peer.link = link;
    peer.returning = true;
    peer.held.clear();
    keeping.clear(peer);
    roster.weigh(peer);
    peer.known.clear();
    definitions.greet(peer.known, traffic.writer(peer));
    if (peer.draining) {
      traffic.writer(peer).frame(Kind.DRAIN, 0, 0, 0, new byte[0]);
    }
    admit(peer);
  }

  private void admit(Peer peer) {
    peer.heardAtNanos = nanoClock.getAsLong();
    peer.link.whenReady(() -> traffic.ready(peer));
    links.add(peer.link);
    traffic.ready(peer);
  }
}
