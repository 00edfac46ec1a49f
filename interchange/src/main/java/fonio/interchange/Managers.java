package fonio.interchange;

import fonio.wire.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The managers of an interchange: how they stand, and what is done with them. */
public final class Managers {
  private static final byte[] NOTHING = {};

  private final Roster roster;
  private final Traffic traffic;
  private final Avoidance avoidance;
  private final BiConsumer<Peer, String> lose;
  private final Set<Part> holds = new LinkedHashSet<>();

  Managers(Roster roster, Traffic traffic, Avoidance avoidance, BiConsumer<Peer, String> lose) {
    this.roster = roster;
    this.traffic = traffic;
    this.avoidance = avoidance;
    this.lose = lose;
  }

  /** How many there are. */
  public int count() {
    return roster.count();
  }

  /** How many workers they have together. */
  public int workers() {
    return roster.workers();
  }

  /** All of them as they are now. */
  public List<ManagerView> views() {
    return roster.all().stream().map(Peer::view).toList();
  }

  /** How many tasks those of each block have, by block. */
  public Map<String, Integer> loads() {
    return roster.loads();
  }

  /** Sends a part no more tasks, those of it that come later included; who is there of them. */
  public List<ManagerView> hold(Part part) {
    holds.add(part);
    return each(part, peer -> onHold(peer, true));
  }

  /** Sends a part tasks again, hosts that fail included; who they are. */
  public List<ManagerView> release(Part part) {
    avoidance.release(part);
    if (part.equals(Part.ALL)) {
      holds.clear();
    } else {
      holds.remove(part);
    }
    return each(part, peer -> onHold(peer, false));
  }

  private void onHold(Peer peer, boolean whether) {
    peer.onHold = whether;
    roster.weigh(peer);
  }

  /** A manager has come: it may be of a part that is on hold, or on a host that fails. */
  void came(Peer peer) {
    avoidance.came(peer);
    peer.onHold = holds.stream().anyMatch(part -> part.covers(peer.info));
  }

  /** Has each frame of a part told to the listener from now on, or no more; who they are. */
  public List<ManagerView> verbose(Part part, boolean whether) {
    return each(part, peer -> peer.verbose = whether);
  }

  /** Has a part finish what it has, take no more, and end; who they are. */
  public List<ManagerView> drain(Part part) {
    return each(
        part,
        peer -> {
          if (!peer.draining) {
            peer.draining = true;
            roster.weigh(peer);
            traffic.say(peer, Kind.DRAIN, 0);
          }
        });
  }

  /** Has a part end at once; the listener hears of its tasks, and that it left. */
  public List<ManagerView> end(Part part, String why) {
    return each(
        part,
        peer -> {
          traffic.writer(peer).frame(Kind.CLOSE, 0, 0, 0, NOTHING);
          traffic.flush(peer);
          lose.accept(peer, why);
        });
  }

  private List<ManagerView> each(Part part, Consumer<Peer> does) {
    List<ManagerView> those = new ArrayList<>();
    for (Peer peer : List.copyOf(roster.all())) {
      if (part.covers(peer.info)) {
        those.add(peer.view());
        does.accept(peer);
      }
    }
    return those;
  }
}
