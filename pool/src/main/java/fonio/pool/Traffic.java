package fonio.pool;

import fonio.transport.Link;
import fonio.wire.FrameView;
import fonio.wire.Kind;
import fonio.wire.MalformedFrameException;
import fonio.wire.Status;
import java.util.function.LongSupplier;

/** What goes over the links of workers: frames out, and their answers in. */
final class Traffic {
  private static final long END_NANOS = 2_000_000_000;

  private final PoolListener listener;
  private final Credit credit;
  private final Watch watch;
  private final LongSupplier nanoClock;
  private final int maxTasksPerChild;
  private long[] tasks = new long[64];
  private int[] attempts = new int[64];
  private boolean sawEnd;

  Traffic(
      PoolListener listener,
      Credit credit,
      Watch watch,
      LongSupplier nanoClock,
      int maxTasksPerChild) {
    this.listener = listener;
    this.credit = credit;
    this.watch = watch;
    this.nanoClock = nanoClock;
    this.maxTasksPerChild = maxTasksPerChild;
  }

  /** Whether a link has ended since the last question: its process should be looked at. */
  boolean sawEnd() {
    boolean saw = sawEnd;
    sawEnd = false;
    return saw;
  }

  /** Reads what a worker has sent; how many bytes. */
  int read(Worker worker) {
    Link link = worker.link;
    if (link == null || worker.distrusted) {
      return 0;
    }
    int bytes = 0;
    try {
      bytes = link.read(worker.in);
      if (bytes == Link.GONE) {
        linkEnded(worker, link);
        return 0;
      }
      while (bytes > 0 && worker.frame.next(worker.in)) {
        take(worker);
        worker.in.consumed(worker.frame.size());
      }
    } catch (MalformedFrameException e) {
      watch.distrust(worker, e);
    }
    return bytes;
  }

  /** The end of a link is not yet that of its process, and must not keep the loop awake. */
  private void linkEnded(Worker worker, Link link) {
    link.wantInput(false);
    if (worker.endedLinkAtNanos == 0) {
      worker.endedLinkAtNanos = nanoClock.getAsLong();
      sawEnd = true;
    }
  }

  private void take(Worker worker) {
    FrameView frame = worker.frame;
    if (frame.kind() != Kind.RESULTS) {
      throw new MalformedFrameException(
          frame.kind(), 0, "a worker does not send " + Kind.name(frame.kind()));
    }
    int count = frame.count();
    if (count > tasks.length) {
      tasks = new long[Math.max(count, tasks.length * 2)];
      attempts = new int[tasks.length];
    }
    InFlight inFlight = worker.inFlight;
    long oldest = inFlight.head();
    for (int i = 0; i < count; i++) {
      if (oldest + i >= inFlight.tail()
          || (inFlight.task(oldest + i) & 0xFFFF_FFFFL) != frame.task(i)) {
        throw new MalformedFrameException(
            frame.kind(), 0, "its answer about task " + frame.task(i) + " is not due");
      }
    }
    int classId = count == 0 ? 0 : inFlight.classId(oldest);
    int ran = 0;
    for (int i = 0; i < count; i++) {
      ran += frame.status(i) == Status.SKIPPED ? 0 : 1;
      tasks[i] = inFlight.task(oldest + i);
      attempts[i] = inFlight.attempt(oldest + i);
      boolean due = attempts[i] != InFlight.RECALLED && frame.status(i) != Status.OK;
      if (due && watch.wishes().fulfil(tasks[i], attempts[i])) {
        attempts[i] = InFlight.RECALLED;
      }
      inFlight.next();
    }
    worker.answered += count;
    worker.earlyDeaths = 0;
    if (ran > 0 && frame.ranNanos() >= 0) {
      credit.learn(classId, ran, frame.ranNanos());
    }
    listener.results(worker.index, frame, tasks, attempts);
    retireIfDone(worker);
  }

  private void retireIfDone(Worker worker) {
    if (maxTasksPerChild > 0
        && worker.answered >= maxTasksPerChild
        && worker.inFlight.isEmpty()
        && worker.isReady()) {
      worker.phase = Worker.Phase.ENDING;
      worker.dueAtNanos = nanoClock.getAsLong() + END_NANOS;
      worker.writer.frame(Kind.CLOSE, 0, 0, 0, new byte[0]);
      flush(worker);
    }
  }

  /** Sends what waits for a worker, as far as it has room. */
  int flush(Worker worker) {
    Link link = worker.link;
    if (link == null || worker.distrusted || worker.outQueue.isEmpty()) {
      return 0;
    }
    try {
      return link.write(worker.outQueue);
    } catch (MalformedFrameException e) {
      watch.distrust(worker, e);
      return 0;
    }
  }
}
