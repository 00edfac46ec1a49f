package fonio.interchange;

import fonio.wire.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes tasks back and ends them, and so it does with managers; or holds these for a while. */
final class Steering {
  private static final byte[] NOTHING = {};

  /** So few managers are asked one by one for a task. */
  private static final int FEW_MANAGERS = 16;

  private final Roster roster;
  private final Traffic traffic;
  private final BiConsumer<Peer, String> lose;
  private final Hints<Peer> hints = new Hints<>();
  private final Set<Part> holds = new LinkedHashSet<>();

  Steering(Roster roster, Traffic traffic, BiConsumer<Peer, String> lose) {
    this.roster = roster;
    this.traffic = traffic;
    this.lose = lose;
  }

  // Tasks.

  /** Notes who has tasks now, so that it is found quickly. */
  void sent(Peer peer, long[] tasks, int from, int count) {
    if (roster.count() > FEW_MANAGERS) {
      hints.put(tasks, from, count, peer, roster.tasks());
    }
  }

  /** Tells a task's manager something about it; false when no manager has it. */
  boolean tell(long task, int kind) {
    Peer peer = holder(task);
    if (peer == null) {
      return false;
    }
    peer.asked.put(task, kind);
    traffic.say(peer, kind, (int) task);
    return true;
  }

  @Nullable Peer holder(long task) {
    Peer likely = hints.get(task);
    if (likely != null && likely.outstanding.find((int) task) >= 0) {
      return likely;
    }
    for (Peer peer : roster.all()) {
      if (peer.outstanding.find((int) task) >= 0) {
        return peer;
      }
    }
    return null;
  }

  // Managers.

  /** Sends a part no more tasks, those of it that come later included. */
  List<ManagerView> hold(Part part) {
    holds.add(part);
    return each(part, peer -> onHold(peer, true));
  }

  /** Sends a part tasks again. */
  List<ManagerView> release(Part part) {
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

  /** A manager has come: it may be of a part that is on hold. */
  void came(Peer peer) {
    peer.onHold = holds.stream().anyMatch(part -> part.covers(peer.info));
  }

  /** Has each frame of a part told to the owner, or no more. */
  List<ManagerView> verbose(Part part, boolean whether) {
    return each(part, peer -> peer.verbose = whether);
  }

  /** Has a part finish what it has, take no more, and end. */
  List<ManagerView> drain(Part part) {
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

  /** Has a part end at once; what its workers were running counts as lost. */
  List<ManagerView> end(Part part, String why) {
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
