package fonio.engine;

import fonio.journal.RunState;
import fonio.kernel.Kernel;
import fonio.wire.Length;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** The results that a client does not have for certain, and that another may have to be sent. */
final class OpenResults {
  private final Kernel kernel;
  private final TaskTable table;
  private final Holdings holdings;
  private final Outbox outbox;
  private final LongSupplier nanoClock;
  private final Result result = new Result();

  OpenResults(
      Kernel kernel, TaskTable table, Holdings holdings, Outbox outbox, LongSupplier nanoClock) {
    this.kernel = kernel;
    this.table = table;
    this.holdings = holdings;
    this.outbox = outbox;
    this.nanoClock = nanoClock;
  }

  /** Whether the client has yet to be told of a task, or to acknowledge its result. */
  boolean isOpen(long task) {
    return kernel.knows(task) && !table.isAcknowledged(task);
  }

  /** Another client, or the same one again, gets all that was not acknowledged. */
  void sendAll() {
    for (int[] ids : outbox.takeBack()) {
      for (int id : ids) {
        send(Integer.toUnsignedLong(id));
      }
    }
  }

  /** Sends the result of a task that has ended, as it is held. */
  void send(long task) {
    table.load(task, result);
    outbox.add(task, result, nanoClock.getAsLong());
    if (Length.isSegment(result.lengthColumn)) {
      holdings.keepForClient(task);
    }
  }

  /** Puts back what an earlier engine of the run has written down. */
  void restore(Dataflow dataflow, RunState state, LongPredicate hasSegment) {
    new Restorer(dataflow, table, holdings, hasSegment).restore(state);
    dataflow.settle();
  }
}
