package fonio.engine;

import fonio.kernel.Ending;
import fonio.wire.ElementCounts;
import fonio.wire.Length;
import fonio.wire.Status;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The way out: what has ended becomes a result for the client, and is noted for other runs. */
final class Endings {
  // Called while the kernel tells an effect: it must not be changed here, so what may go is only
  // noted.

  private final TaskTable table;
  private final Holdings holdings;
  private final Catalog catalog;
  private final DependencyFailures failures;
  private final Outbox outbox;
  private final Account account;
  private final LongSupplier nanoClock;
  private final Result ending;
  private @Nullable Memory memory;
  private @Nullable History history;
  private @Nullable Reasons reasons;

  /**
   * @param ending the result that comes with the event at hand; it belongs to the task that the
   *     event names, not to the dependants that end with it
   */
  Endings(
      TaskTable table,
      Holdings holdings,
      Catalog catalog,
      DependencyFailures failures,
      Outbox outbox,
      Account account,
      LongSupplier nanoClock,
      Result ending) {
    this.table = table;
    this.holdings = holdings;
    this.catalog = catalog;
    this.failures = failures;
    this.outbox = outbox;
    this.account = account;
    this.nanoClock = nanoClock;
    this.ending = ending;
  }

  void memory(Memory memory) {
    this.memory = memory;
  }

  /** Where failures are written down, and what says why they are. */
  void history(History history, Reasons reasons) {
    this.history = history;
    this.reasons = reasons;
  }

  /** A task of a class has ended. */
  void ended(long task, int classId, Ending how, long cause) {
    account.ended(how);
    if (how == Ending.DEPENDENCY_FAILED) {
      ending.set(task, Status.DEPENDENCY, failures.of(task, cause).encode());
    }
    if (how == Ending.POISONED) {
      ending.set(task, Status.FAULT, Faults.poisoned(task, ending).encode());
    }
    if (ending.task == task) {
      holdings.hold(task, ending);
    } else {
      table.load(task, ending);
    }
    if (catalog.isPromise(classId) && how == Ending.SUCCEEDED) {
      outbox.add(task, Status.OK, 0, Result.NOTHING, 0, nanoClock.getAsLong());
    } else {
      outbox.add(task, ending, nanoClock.getAsLong());
      if (Length.isSegment(ending.lengthColumn)) {
        holdings.keepForClient(task);
      }
    }
    if (memory != null) {
      memory.ended(task, how, ending);
    }
    Reasons why = reasons;
    if (history != null && why != null && how != Ending.SUCCEEDED && how != Ending.CANCELLED) {
      history.failed(task, catalog.name(classId), how, () -> why.of(ending));
    }
    holdings.dropArguments(task);
  }

  /** Elements of a map have ended, in a chunk of a class. */
  void elements(ElementCounts counts, long chunk, int classId) {
    account.add(counts);
    if (history != null && !counts.error().isEmpty()) {
      history.failed(chunk, catalog.name(classId), Ending.FAILED, counts::error);
    }
  }
}
