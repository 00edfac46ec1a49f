package fonio.interchange;

import fonio.wire.ClassDefinition;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which manager gets the next tasks of a class. */
final class Choice {
  /*
   * A class that names what it needs goes to managers whose node has that. If no node has, the one that has most of it gets the tasks,
   * and refuses them: so the error names the largest.
   */
  private final Roster roster;
  private final Selection selection;
  private final Keeping keeping;
  private final Map<Integer, Fit> fits = new HashMap<>();

  Choice(Roster roster, Selection selection, Keeping keeping) {
    this.roster = roster;
    this.selection = selection;
    this.keeping = keeping;
  }

  /** Learns what a class needs. */
  void define(ClassDefinition definition) {
    Fit fit = Fit.of(definition);
    if (fit == null) {
      fits.remove(definition.id());
    } else {
      fits.put(definition.id(), fit);
    }
  }

  /** The manager; null when none has room. */
  @Nullable Peer of(int classId) {
    Fit fit = fits.isEmpty() ? null : fits.get(classId);
    for (int tries = 0; tries < Selection.SAMPLE; tries++) {
      Peer peer = roster.choose(selection);
      if (peer == null) {
        return null;
      }
      if (peer.load.room(classId) > 0 && (fit == null || fit.suits(peer.info.node()))) {
        return peer;
      }
    }
    return fit == null ? anyWithRoom(classId) : fitting(classId, fit);
  }

  /** The manager with room that keeps most of the results of some parents; null for none. */
  @Nullable Peer of(int classId, long[] parents, int count) {
    Fit fit = fits.get(classId);
    return keeping.best(
        parents,
        count,
        peer -> hasRoom(peer, classId) && (fit == null || fit.suits(peer.info.node())));
  }

  /** Those with room at all may have none for a class of which they want few. */
  private @Nullable Peer anyWithRoom(int classId) {
    return roster.all().stream().filter(peer -> hasRoom(peer, classId)).findFirst().orElse(null);
  }

  private @Nullable Peer fitting(int classId, Fit fit) {
    boolean some = roster.all().stream().anyMatch(peer -> fit.suits(peer.info.node()));
    return roster.all().stream()
        .filter(peer -> hasRoom(peer, classId))
        .filter(peer -> !some || fit.suits(peer.info.node()))
        .max(Comparator.comparingDouble(peer -> fit.part(peer.info.node())))
        .orElse(null);
  }

  private static boolean hasRoom(Peer peer, int classId) {
    return peer.place >= 0 && peer.load.room(classId) > 0;
  }
}
