package fonio.interchange;

import fonio.transport.Heartbeats;
import fonio.wire.Kind;
import java.util.function.BiConsumer;

/**
 * Who looks after silent managers: beats where nothing was said, gives up who was not heard.
 *
 * <p>Where there are very many, each has its turn at another moment of the round, so that neither
 * all beats are sent at once nor all managers are looked at in one pass.
 */
final class Rounds {
  private static final int MANAGERS_A_TURN = 128;
  private static final int MOST_TURNS = 64;
  private static final long SAID_STALL_NANOS = 1_000_000_000;

  private final Heartbeats heartbeats;
  private final Roster roster;
  private final Traffic traffic;
  private final InterchangeListener listener;
  private final BiConsumer<Peer, String> lose;
  private long nextNanos;

  Rounds(
      Heartbeats heartbeats,
      Roster roster,
      Traffic traffic,
      InterchangeListener listener,
      BiConsumer<Peer, String> lose) {
    this.heartbeats = heartbeats;
    this.roster = roster;
    this.traffic = traffic;
    this.listener = listener;
    this.lose = lose;
  }

  /** Takes a turn when it is time. */
  void doWork(long now) {
    if (now - nextNanos < 0) {
      return;
    }
    int turns = turns(roster.count());
    nextNanos = now + heartbeats.tickNanos() / turns;
    long stalledNanos = heartbeats.tick(now);
    if (stalledNanos > SAID_STALL_NANOS) {
      listener.said(
          "this process stood still for %.1f s; no manager is blamed for it"
              .formatted(stalledNanos / 1e9));
    }
    for (Peer peer : roster.turn(turns)) {
      if (heartbeats.isLate(peer.heardAtNanos, now)) {
        lose.accept(peer, "it was silent for %.1f s".formatted((now - peer.heardAtNanos) / 1e9));
      } else if (heartbeats.mustSpeak(peer.saidAtNanos, now)) {
        traffic.say(peer, Kind.BEAT, 0);
      }
    }
  }

  /** Into how many turns a round over so many managers is cut. */
  static int turns(int managers) {
    return Math.min(MOST_TURNS, 1 + managers / MANAGERS_A_TURN);
  }

  /** How long until the next turn. */
  long sleepNanos(long now) {
    return Math.max(0, nextNanos - now);
  }
}
