package fonio.interchange;

import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;
import fonio.wire.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What managers answer, told of the tasks that they have. */
final class Answers {
  private static final String WINDOW = "window.";
  private static final int LAST = 1;
  private static final int KEPT = 1;
  private static final byte[] NOTHING = {};

  private final Roster roster;
  private final InterchangeListener listener;
  private final Keeping keeping;
  private final Adoptions adoptions;
  private long[] tasks = new long[64];
  private int[] attempts = new int[64];
  private int[] classes = new int[64];

  Answers(Roster roster, InterchangeListener listener, Keeping keeping) {
    this.roster = roster;
    this.listener = listener;
    this.keeping = keeping;
    this.adoptions = new Adoptions(listener);
  }

  void results(Peer peer, FrameView frame, FrameWriter writer) {
    int count = frame.count();
    if (count > tasks.length) {
      tasks = new long[Math.max(count, 2 * tasks.length)];
      attempts = new int[tasks.length];
      classes = new int[tasks.length];
    }
    for (int i = 0; i < count; i++) {
      if (frame.isSegment(i)) {
        throw new MalformedFrameException(
            Kind.RESULTS,
            0,
            "the result of task %d is in a segment of another node".formatted(frame.task(i)));
      }
    }
    for (int i = 0; i < count; i++) {
      int id = (int) frame.task(i);
      if (peer.brings) {
        adoptions.adopt(peer, id, frame.attempt(i));
      }
      take(peer, i, id, frame.attempt(i));
    }
    peer.answered += count;
    roster.weigh(peer);
    if (frame.classId() == KEPT && count == 1) {
      keep(peer, frame, writer);
    }
    try {
      listener.results(frame, tasks, attempts);
    } catch (MalformedFrameException | IllegalArgumentException | IllegalStateException e) {
      putBack(peer, count);
      throw e;
    }
  }

  /** The manager keeps the result that is in the frame, unless nobody wants it. */
  private void keep(Peer peer, FrameView frame, FrameWriter writer) {
    boolean isWanted = attempts[0] != InterchangeListener.STALE && frame.status(0) == Status.OK;
    if (isWanted) {
      release(writer, keeping.keeps(peer, tasks[0], frame.length(0)));
    } else if (!keeping.has(peer, (int) tasks[0])) {
      release(writer, List.of(tasks[0]));
    }
  }

  /** Has a manager drop results that it keeps. */
  static void release(FrameWriter writer, List<Long> results) {
    for (long task : results) {
      writer.frame(Kind.RELEASE, 0, 1, (int) task, NOTHING);
    }
  }

  /** A manager does not have results that it should keep. */
  void lacks(Peer peer, FrameView frame) {
    for (int i = 0; i < frame.count(); i++) {
      keeping.lacks(peer, (int) frame.task(i));
    }
  }

  private void take(Peer peer, int i, int id, int attempt) {
    Outstanding outstanding = peer.outstanding;
    int at = outstanding.find(id, attempt);
    if (at < 0) {
      tasks[i] = Integer.toUnsignedLong(id);
      attempts[i] = InterchangeListener.STALE;
      return;
    }
    tasks[i] = outstanding.task(at);
    attempts[i] = outstanding.attempt(at);
    classes[i] = outstanding.classId(at);
    remove(peer, at);
  }

  private static void remove(Peer peer, int at) {
    if (!peer.asked.isEmpty()) {
      peer.asked.remove(peer.outstanding.task(at));
    }
    peer.remove(at);
  }

  /** Results that mean nothing are none: the manager will be given up, and its tasks with it. */
  private void putBack(Peer peer, int count) {
    for (int i = 0; i < count; i++) {
      if (attempts[i] != InterchangeListener.STALE) {
        peer.add(classes[i], tasks, attempts, i, 1);
      }
    }
  }

  void capacity(Peer peer, FrameView frame) {
    Map<String, String> lines = Lines.decode(frame.array(), frame.blobOffset(), frame.blobLength());
    boolean isNew = peer.workers == 0;
    lines.forEach((key, value) -> {
      if (key.equals("workers")) {
        roster.workers(peer, number(key, value));
      } else if (key.equals("window")) {
        peer.load.windowOtherwise(number(key, value));
      } else if (key.startsWith(WINDOW)) {
        peer.load.window(number(key, key.substring(WINDOW.length())), number(key, value));
      }
    });
    roster.weigh(peer);
    if (isNew && peer.workers > 0) {
      listener.joined(peer.info, peer.workers);
    }
  }

  private static int number(String key, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number >= 0 && number <= 1 << 24) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new MalformedFrameException(
        Kind.CAPACITY, 0, key + "=" + value + " is not a number from 0 to 16777216");
  }

  void tooLate(Peer peer, int id) {
    int at = peer.outstanding.find(id);
    if (at >= 0) {
      peer.asked.remove(peer.outstanding.task(at), Kind.RECALL);
      listener.tooLate(peer.outstanding.task(at));
    }
  }

  void drains(Peer peer) {
    peer.draining = true;
    roster.weigh(peer);
  }

  /** Compares what a manager has, which came back, with what it should have. */
  void holds(Peer peer, FrameView frame, FrameWriter writer) {
    for (int i = 0; i < frame.count(); i++) {
      int id = (int) frame.task(i);
      if (peer.brings) {
        adoptions.adopt(peer, id, frame.attempt(i));
      }
      if (peer.outstanding.find(id, frame.attempt(i)) < 0) {
        writer.frame(Kind.KILL, 0, 0, id, NOTHING);
      } else {
        peer.held.add(frame.task(i));
      }
    }
    if (frame.classId() != LAST) {
      return;
    }
    peer.asked.forEach((task, kind) -> {
      if (peer.held.contains(task & 0xFFFF_FFFFL)) {
        writer.frame(kind, 0, 0, task.intValue(), NOTHING);
      }
    });
    peer.returning = false;
    peer.brings = false;
    long[] missing = missing(peer);
    peer.held.clear();
    for (long task : missing) {
      int at = peer.outstanding.find((int) task);
      int attempt = peer.outstanding.attempt(at);
      remove(peer, at);
      listener.returned(task, attempt);
    }
    roster.weigh(peer);
    listener.cameBack(peer.info);
  }

  /** The tasks that it should have and does not hold, youngest first. */
  private static long[] missing(Peer peer) {
    int[] places = peer.outstanding.oldestFirst();
    long[] missing = new long[places.length];
    int count = 0;
    for (int i = places.length - 1; i >= 0; i--) {
      long task = peer.outstanding.task(places[i]);
      if (!peer.held.contains(task & 0xFFFF_FFFFL)) {
        missing[count++] = task;
      }
    }
    return Arrays.copyOf(missing, count);
  }
}
