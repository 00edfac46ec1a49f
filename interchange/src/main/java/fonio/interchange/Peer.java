package fonio.interchange;

import fonio.transport.TcpLink;
import fonio.wire.ByteQueue;
import fonio.wire.Known;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One manager, as the interchange sees it. */
final class Peer {
  final ManagerInfo info;
  final int block;
  TcpLink link;
  final Outstanding outstanding = new Outstanding();
  final Load load = new Load();
  final Known known = new Known();

  /** What came and is no whole frame yet. */
  @Nullable ByteQueue in;

  /** What waits for the socket. */
  @Nullable Outgoing out;

  /** The tasks of all managers of its block. */
  final Tally tally;

  int workers;

  /** Whether it was given up. */
  boolean gone;

  /** Whether it gets no more tasks. */
  boolean draining;

  /** Whether it gets no tasks for now. */
  boolean onHold;

  /** Why it gets no tasks for now, as its host fails; null while it does not. */
  @Nullable String avoided;

  /** Whether the owner is told of each of its frames. */
  boolean verbose;

  /** Whether it came back and has not said yet which tasks it still has. */
  boolean returning;

  /** Whether it may bring tasks that an engine before this one gave it. */
  boolean brings;

  /** Which tasks it still has, as far as it has said so since it came back. */
  final Set<Long> held = new HashSet<>();

  /** The results that it keeps. */
  final Shelf shelf;

  /** The frame, RECALL or KILL, that it was sent for a task that it has not answered. */
  final Map<Long, Integer> asked = new LinkedHashMap<>();

  /** Whether it is among those that wait to be served. */
  boolean queued;

  /** Its place among those that have room; -1 when it has none. */
  int place = -1;

  /** Its place among all. */
  int seat;

  long heardAtNanos;
  long saidAtNanos;
  long answered;

  /** How many bytes it was sent. */
  long sentBytes;

  Peer(ManagerInfo info, TcpLink link, Tally tally) {
    this.info = info;
    this.link = link;
    this.tally = tally;
    this.shelf = new Shelf(info.node().keepMegabytes() << 20);
    this.block = number(info.block());
  }

  /** Notes tasks of a class that it has now. */
  void add(int classId, long[] tasks, int[] attempts, int from, int count) {
    for (int i = from; i < from + count; i++) {
      outstanding.add(tasks[i], attempts[i], classId);
    }
    load.add(classId, count);
    tally.add(count);
  }

  /** Notes that it does not have the task at a place any more. */
  void remove(int at) {
    load.remove(outstanding.classId(at));
    outstanding.remove(at);
    tally.add(-1);
  }

  /** Notes that it has no task any more. */
  void clear() {
    tally.add(-outstanding.size());
    outstanding.clear();
    load.clear();
  }

  ManagerView view() {
    return new ManagerView(
        info,
        workers,
        outstanding.size(),
        load.isFull(),
        answered,
        shelf.takenBytes(),
        sentBytes,
        draining,
        onHold,
        avoided == null ? "" : avoided);
  }

  private static int number(String block) {
    try {
      return Integer.parseInt(block);
    } catch (NumberFormatException e) {
      return Integer.MAX_VALUE;
    }
  }
}
