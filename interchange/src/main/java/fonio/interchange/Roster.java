package fonio.interchange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The managers that are there, and which of them have room. */
final class Roster implements Selection.View {
  private final Map<String, Peer> byName = new LinkedHashMap<>();
  private final List<Peer> roomy = new ArrayList<>();
  private int workers;

  void add(Peer peer) {
    byName.put(peer.info.name(), peer);
  }

  void remove(Peer peer) {
    byName.remove(peer.info.name(), peer);
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
    boolean has = !peer.draining && !peer.returning && peer.workers > 0 && !peer.load.isFull();
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
