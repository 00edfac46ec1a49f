package fonio.engine;

import fonio.executors.Lane;
import fonio.transport.LinkSet;
import fonio.wire.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** The one loop of an engine process: client, lanes, results, sleep. */
final class EngineLoop {
  private static final long LONGEST_SLEEP_NANOS = 200_000_000;
  private static final int BUSY_PER_WORKER = 4;

  private final Session session;
  private final Dataflow dataflow;
  private final Outbox outbox;
  private final List<Lane> lanes;
  private final LinkSet links;
  private final Housekeeper housekeeper;
  private final Control control;
  private final LongSupplier nanoClock;

  EngineLoop(
      Session session,
      Dataflow dataflow,
      Outbox outbox,
      List<Lane> lanes,
      LinkSet links,
      Housekeeper housekeeper,
      Control control,
      LongSupplier nanoClock) {
    this.session = session;
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
      while (!session.isGone() && !isFinished() && !control.stopAsked()) {
        int work = turn();
        links.await(work > 0 ? 0 : sleepNanos());
      }
      if (control.stopAsked() && !session.isGone()) {
        outbox.flush(session.writer());
        session.fault(new Fault("RunStopped", "./fonio stop asked for its end", Map.of()));
      }
    } catch (RuntimeException e) {
      session.fault(new Fault("EngineError", e + "; the engine's log has the place", Map.of()));
      throw e;
    }
  }

  private boolean isFinished() {
    return session.isClosing() && (!session.finishesFirst() || dataflow.pending() == 0);
  }

  private int turn() {
    int work = session.isFull() ? 0 : session.read();
    for (Lane lane : lanes) {
      work += lane.doWork();
    }
    work += housekeeper.doWork() + control.doWork();
    for (Lane lane : lanes) {
      work += lane.dispatch();
    }
    long now = nanoClock.getAsLong();
    if (outbox.isDue(isBusy(), now)) {
      outbox.flush(session.writer());
    }
    return work + session.write();
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
    outbox.flush(session.writer());
    long deadline = nanoClock.getAsLong() + atMost.toNanos();
    while (!session.isFlushed() && !session.isGone() && nanoClock.getAsLong() < deadline) {
      if (session.write() == 0) {
        links.await(1_000_000);
      }
    }
  }
}
