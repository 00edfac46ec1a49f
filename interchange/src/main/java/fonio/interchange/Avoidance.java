package fonio.interchange;

import fonio.wire.Fault;
import fonio.wire.FrameView;
import fonio.wire.Kind;
import fonio.wire.Status;
import java.util.List;
import java.util.function.LongSupplier;

/** Keeps tasks from the managers of hosts that fail. */
final class Avoidance {
  private final FailingHosts hosts = new FailingHosts();
  private final Roster roster;
  private final Traffic traffic;
  private final InterchangeListener listener;
  private final LongSupplier nanoClock;

  Avoidance(Roster roster, Traffic traffic, InterchangeListener listener, LongSupplier nanoClock) {
    this.roster = roster;
    this.traffic = traffic;
    this.listener = listener;
    this.nanoClock = nanoClock;
  }

  /** Learns from results of a manager, which its host lost or did. */
  void answered(Peer peer, FrameView frame) {
    String host = peer.info.host();
    if (frame.count() > 0 && frame.status(0) == Status.LOST) {
      for (int i = 0; i < frame.count(); i++) {
        lost(host, reason(frame, i));
      }
    } else if (!hosts.isEmpty() && tellsOfWork(frame) && hosts.done(host)) {
      onAvoided(host, false);
    }
  }

  private static boolean tellsOfWork(FrameView frame) {
    for (int i = 0; i < frame.count(); i++) {
      if (frame.status(i) == Status.OK || frame.status(i) == Status.ERROR) {
        return true;
      }
    }
    return false;
  }

  private static String reason(FrameView frame, int i) {
    return Fault.decode(frame.array(), frame.payloadOffset(i), frame.length(i)).message();
  }

  private void lost(String host, String why) {
    List<String> all = roster.all().stream().map(peer -> peer.info.host()).toList();
    String said = hosts.lost(host, why, all, nanoClock.getAsLong());
    if (said != null) {
      listener.said("host %s is %s".formatted(host, said));
      onAvoided(host, true);
    }
  }

  /** A manager has come: it may be on a host that is avoided. */
  void came(Peer peer) {
    peer.avoided = hosts.avoided(peer.info.host());
  }

  /** Sends tasks again to hosts whose time is over. */
  void doWork(long now) {
    if (!hosts.isEmpty()) {
      for (String host : hosts.retried(now)) {
        listener.said("host %s is tried again".formatted(host));
        onAvoided(host, false);
      }
    }
  }

  /** Sends tasks again to the hosts of some managers, as somebody has asked. */
  void release(Part part) {
    for (Peer peer : roster.all()) {
      if (part.covers(peer.info) && hosts.done(peer.info.host())) {
        onAvoided(peer.info.host(), false);
      }
    }
  }

  private void onAvoided(String host, boolean whether) {
    for (Peer peer : roster.all()) {
      if (peer.info.host().equals(host)) {
        came(peer);
        roster.weigh(peer);
        if (whether) {
          takeBack(peer);
        }
      }
    }
  }

  /** What waits there runs elsewhere; what runs there goes on. */
  private void takeBack(Peer peer) {
    for (int place : peer.outstanding.oldestFirst()) {
      long task = peer.outstanding.task(place);
      if (peer.asked.putIfAbsent(task, Kind.RECALL) == null) {
        traffic.say(peer, Kind.RECALL, (int) task);
      }
    }
  }
}
