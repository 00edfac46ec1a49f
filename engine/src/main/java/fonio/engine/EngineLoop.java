package fonio.engine;

import fonio.executors.Lane;
import fonio.transport.LinkSet;
import fonio.wire.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The one loop of an engine process: client, lanes, results, sleep. */
final class EngineLoop {
  private static final long LONGEST_SLEEP_NANOS = 200_000_000;
  private static final int BUSY_PER_WORKER = 4;
  private static final Duration LAST_WORDS = Duration.ofMillis(500);

  private final Seat seat;
  private final boolean keepsOn;
  private final Delivery delivery;
  private final Orphans orphans;
  private final @Nullable RunJournal journal;
  private final Dataflow dataflow;
  private final Outbox outbox;
  private final List<Lane> lanes;
  private final LinkSet links;
  private final Housekeeper housekeeper;
  private final Control control;
  private final LongSupplier nanoClock;

  /**
   * @param keepsOn whether it goes on without a client until all tasks have ended
   * @param journal null when the run is not durable
   */
  EngineLoop(
      Seat seat,
      boolean keepsOn,
      Delivery delivery,
      @Nullable RunJournal journal,
      Dataflow dataflow,
      Outbox outbox,
      List<Lane> lanes,
      LinkSet links,
      Housekeeper housekeeper,
      Control control,
      LongSupplier nanoClock) {
    this.seat = seat;
    this.keepsOn = keepsOn;
    this.delivery = delivery;
    this.journal = journal;
    this.orphans = new Orphans(dataflow);
    this.dataflow = dataflow;
    this.outbox = outbox;
    this.lanes = List.copyOf(lanes);
    this.links = links;
    this.housekeeper = housekeeper;
    this.control = control;
    this.nanoClock = nanoClock;
  }

  /**
   * Runs until the client closes or is gone, or an observer asks for the end; that, or an error of
   * the engine, is told to the client.
   */
  void run() {
    try {
      while (!isOver()) {
        int work = turn();
        links.await(work > 0 ? 0 : sleepNanos());
      }
      if (control.stopAsked() || seat.session().isClosing()) {
        close();
      }
    } catch (RuntimeException e) {
      seat.session()
          .fault(new Fault("EngineError", e + "; the engine's log has the place", Map.of()));
      throw e;
    }
  }

  private boolean isOver() {
    if (control.stopAsked() || isFinished()) {
      return true;
    }
    return seat.session().isGone() && !(keepsOn && (dataflow.pending() > 0 || !delivery.isEmpty()));
  }

  private boolean isFinished() {
    Session session = seat.session();
    return session.isClosing() && (!session.finishesFirst() || dataflow.pending() == 0);
  }

  /** The end is asked for: what has not ended is dropped. */
  private void close() {
    delivery.flush();
    if (journal != null) {
      journal.closed();
    }
    Session session = seat.session();
    if (control.stopAsked() && !session.isGone()) {
      flush(LAST_WORDS);
      session.fault(new Fault("RunStopped", "./fonio stop asked for its end", Map.of()));
    }
  }

  private int turn() {
    Session session = seat.session();
    int work = session.isGone() || session.isFull() || isFull(session) ? 0 : session.read();
    work += keepsOn || session.wantsResults() ? seeToClient(session) : 0;
    for (Lane lane : lanes) {
      work += lane.doWork();
    }
    work += housekeeper.doWork() + control.doWork();
    for (Lane lane : lanes) {
      work += lane.dispatch();
    }
    long now = nanoClock.getAsLong();
    if (outbox.isDue(isBusy(), now)) {
      delivery.flush();
    }
    work += delivery.doWork();
    return work + session.write();
  }

  /** A run that is kept outlives its client, and may get another. */
  private int seeToClient(Session session) {
    if (seat.isAsked()) {
      dataflow.openResults().sendAll();
    }
    if (session.isLeaving() && session.isFlushed() && isWrittenDown()) {
      session.leave();
    }
    if (!session.isGone()) {
      return 0;
    }
    if (!seat.isEmpty()) {
      seat.clear();
    }
    return orphans.end();
  }

  /** What cannot be written down is not read, nor is a client waited for that is gone. */
  private boolean isFull(Session session) {
    boolean full = delivery.isFull();
    if (full && !keepsOn) {
      session.leaveIfAlone();
    }
    return full;
  }

  private boolean isWrittenDown() {
    return journal == null || journal.durable() >= journal.position();
  }

  /** So much is with the workers that the client gains nothing by hearing at once. */
  private boolean isBusy() {
    int workers = 0;
    for (Lane lane : lanes) {
      workers += lane.workers();
    }
    return dataflow.pending() > (long) BUSY_PER_WORKER * workers;
  }

  private long sleepNanos() {
    long now = nanoClock.getAsLong();
    long sleep = outbox.dueInNanos(now, LONGEST_SLEEP_NANOS);
    for (Lane lane : lanes) {
      sleep = Math.min(sleep, lane.sleepNanos(now));
    }
    return Math.max(1, sleep);
  }

  /** Sends what is left to the client, for a bounded time. */
  void flush(Duration atMost) {
    Session session = seat.session();
    delivery.flush();
    long deadline = nanoClock.getAsLong() + atMost.toNanos();
    while (!session.isGone() && nanoClock.getAsLong() < deadline) {
      delivery.doWork();
      if (delivery.isEmpty() && session.isFlushed()) {
        return;
      }
      if (session.write() == 0) {
        links.await(1_000_000);
      }
    }
  }
}
