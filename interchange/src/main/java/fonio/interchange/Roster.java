package fonio.interchange;

import fonio.transport.TcpLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The managers that are there, and which of them have room. */
final class Roster implements Selection.View {
  private final Map<String, Peer> byName = new LinkedHashMap<>();
  private final List<Peer> seats = new ArrayList<>();
  private final List<Peer> roomy = new ArrayList<>();
  private final Map<String, Tally> blocks = new LinkedHashMap<>();
  private final Tally all = new Tally();
  private int nextSeat;
  private int workers;

  /** Makes a place for a manager whose name no other has. */
  Peer add(ManagerInfo info, TcpLink link) {
    Tally tally = blocks.computeIfAbsent(info.block(), block -> all.part());
    tally.managers++;
    Peer peer = new Peer(info, link, tally);
    byName.put(info.name(), peer);
    peer.seat = seats.size();
    seats.add(peer);
    return peer;
  }

  void remove(Peer peer) {
    byName.remove(peer.info.name(), peer);
    Peer last = seats.removeLast();
    if (last != peer) {
      seats.set(peer.seat, last);
      last.seat = peer.seat;
    }
    if (--peer.tally.managers == 0) {
      blocks.remove(peer.info.block());
    }
    workers -= peer.workers;
    peer.workers = 0;
    leave(peer);
  }

  @Nullable Peer named(String name) {
    return byName.get(name);
  }

  Collection<Peer> all() {
    return byName.values();
  }

  int count() {
    return byName.size();
  }

  /** Some managers: all have had their turn after so many calls. */
  List<Peer> turn(int calls) {
    int size = seats.size();
    List<Peer> some = new ArrayList<>();
    for (int left = (size + calls - 1) / calls; left > 0; left--) {
      nextSeat = nextSeat < size ? nextSeat : 0;
      some.add(seats.get(nextSeat++));
    }
    return some;
  }

  /** How many tasks all managers have together. */
  int tasks() {
    return all.tasks();
  }

  /** How many tasks the managers of each block have. */
  Map<String, Integer> loads() {
    Map<String, Integer> loads = new LinkedHashMap<>();
    blocks.forEach((block, tally) -> loads.put(block, tally.tasks()));
    return loads;
  }

  /** How many workers all managers have together. */
  int workers() {
    return workers;
  }

  void workers(Peer peer, int number) {
    workers += number - peer.workers;
    peer.workers = number;
  }

  /** Looks whether a manager has room now. */
  void weigh(Peer peer) {
    boolean takes = !peer.draining && !peer.onHold && peer.avoided == null && !peer.returning;
    boolean has = takes && peer.workers > 0 && !peer.load.isFull();
    if (has && peer.place < 0) {
      peer.place = roomy.size();
      roomy.add(peer);
    } else if (!has) {
      leave(peer);
    }
  }

  private void leave(Peer peer) {
    if (peer.place < 0) {
      return;
    }
    Peer last = roomy.removeLast();
    if (last != peer) {
      roomy.set(peer.place, last);
      last.place = peer.place;
    }
    peer.place = -1;
  }

  /** The manager that gets the next tasks; null when none has room. */
  @Nullable Peer choose(Selection selection) {
    return roomy.isEmpty() ? null : roomy.get(selection.choose(this));
  }

  @Override
  public int size() {
    return roomy.size();
  }

  @Override
  public double taken(int place) {
    return roomy.get(place).load.taken();
  }

  @Override
  public int block(int place) {
    return roomy.get(place).block;
  }
}
