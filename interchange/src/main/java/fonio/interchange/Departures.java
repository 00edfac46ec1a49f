package fonio.interchange;

import fonio.wire.Definitions;

/** What becomes of the tasks of a manager that is gone. */
final class Departures {
  private final Roster roster;
  private final Definitions definitions;
  private final InterchangeListener listener;

  Departures(Roster roster, Definitions definitions, InterchangeListener listener) {
    this.roster = roster;
    this.definitions = definitions;
    this.listener = listener;
  }

  /**
   * Gives all of its tasks back, youngest first. The oldest, of which its workers may have been
   * running any, count as lost, and those of a class that must not run twice.
   */
  void settle(Peer peer, String why) {
    int suspects = 2 * peer.workers;
    roster.remove(peer);
    Outstanding outstanding = peer.outstanding;
    int[] places = outstanding.oldestFirst();
    for (int i = places.length - 1; i >= 0; i--) {
      long task = outstanding.task(places[i]);
      int attempt = outstanding.attempt(places[i]);
      if (i < suspects || definitions.failsWhenLost(outstanding.classId(places[i]))) {
        listener.lost(task, attempt, peer.info, why);
      } else {
        listener.returned(task, attempt);
      }
    }
    peer.clear();
    listener.left(peer.info, why);
  }
}
