package fonio.interchange;

import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.Kind;
import fonio.wire.Lines;
import fonio.wire.MalformedFrameException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What managers answer, told of the tasks that they have. */
final class Answers {
  private static final String WINDOW = "window.";
  private static final int LAST = 1;

  private final Roster roster;
  private final InterchangeListener listener;
  private final Set<Long> held = new HashSet<>();
  private long[] tasks = new long[64];
  private int[] attempts = new int[64];

  Answers(Roster roster, InterchangeListener listener) {
    this.roster = roster;
    this.listener = listener;
  }

  void results(Peer peer, FrameView frame) {
    int count = frame.count();
    if (count > tasks.length) {
      tasks = new long[Math.max(count, 2 * tasks.length)];
      attempts = new int[tasks.length];
    }
    Outstanding outstanding = peer.outstanding;
    for (int i = 0; i < count; i++) {
      int id = (int) frame.task(i);
      int at = outstanding.find(id, frame.attempt(i));
      if (at < 0) {
        tasks[i] = Integer.toUnsignedLong(id);
        attempts[i] = InterchangeListener.STALE;
      } else {
        tasks[i] = outstanding.task(at);
        attempts[i] = outstanding.attempt(at);
        peer.remove(at);
      }
    }
    peer.answered += count;
    roster.weigh(peer);
    listener.results(frame, tasks, attempts);
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
      listener.tooLate(peer.outstanding.task(at));
    }
  }

  void drains(Peer peer) {
    peer.draining = true;
    roster.weigh(peer);
  }

  /** Compares what a manager has, which came back, with what it should have. */
  void holds(Peer peer, FrameView frame, FrameWriter writer) {
    Outstanding outstanding = peer.outstanding;
    for (int i = 0; i < frame.count(); i++) {
      int id = (int) frame.task(i);
      if (outstanding.find(id, frame.attempt(i)) < 0) {
        writer.frame(Kind.KILL, 0, 0, id, new byte[0]);
      } else {
        held.add(frame.task(i));
      }
    }
    if (frame.classId() != LAST) {
      return;
    }
    int[] places = outstanding.oldestFirst();
    long[] missing = new long[places.length];
    int count = 0;
    for (int i = places.length - 1; i >= 0; i--) {
      long task = outstanding.task(places[i]);
      if (!held.contains(task & 0xFFFF_FFFFL)) {
        missing[count++] = task;
      }
    }
    held.clear();
    for (long task : Arrays.copyOf(missing, count)) {
      int at = outstanding.find((int) task);
      int attempt = outstanding.attempt(at);
      peer.remove(at);
      listener.returned(task, attempt);
    }
    roster.weigh(peer);
  }
}
