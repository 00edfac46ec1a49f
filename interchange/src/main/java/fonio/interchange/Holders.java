package fonio.interchange;

import org.jspecify.annotations.Nullable;

/** Finds the manager that has a task, and tells it something about that. */
final class Holders {
  /** So few managers are asked one by one for a task. */
  private static final int FEW_MANAGERS = 16;

  private final Roster roster;
  private final Traffic traffic;
  private final Hints<Peer> hints = new Hints<>();

  Holders(Roster roster, Traffic traffic) {
    this.roster = roster;
    this.traffic = traffic;
  }

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
}
